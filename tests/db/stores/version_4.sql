INSERT INTO setting VALUES('public_url','http://127.0.0.1:35233');
INSERT INTO "plan" VALUES(1,'manyi: 1
year: 2026
organisation: {zh: 测试工会, en: Test union}
centres:
  - {id: north, name: {zh: 北站, en: North}}
  - {id: south, name: {zh: 南站, en: South}}
questionnaires:
  - id: relief
    items:
      - {id: overall, kind: rating, counts: true, unknown: true,
         text: {zh: 您总体满意吗？, en: Were you satisfied?}}
      - {id: timely, kind: rating, text: {zh: 及时吗？, en: Was it in time?}}
      - {id: reasons, kind: choice, many: true, when: overall <= 2,
         text: {zh: 为什么？, en: Why?},
         options: [{id: late, text: {zh: 太晚, en: Late}},
                   {id: rude, text: {zh: 态度, en: Rude}}]}
      - {id: comment, kind: text, max: 200, text: {zh: 想说的话, en: Remarks}}
indicators:
  - {id: relief, name: {zh: 帮扶满意度, en: Relief}, target: 85.00%,
     measure: top3, confidence: 95%, points: 10, programmes: [visits, courses]}
programmes:
  - id: visits
    name: {zh: 走访, en: Visits}
    questionnaire: relief
    group: relief
    grain: month
    waves:
      - {id: q1, opens: 2026-01-01, closes: 2026-03-31, population: 157}
      - {id: q2, opens: 2026-04-01, closes: 2026-06-30}
  - id: courses
    name: {zh: 培训, en: Courses}
    questionnaire: relief
    group: relief
    grain: wave
    coded_only: true
    centres: [north]
    waves:
      - {id: q1, opens: 2026-01-01, closes: 2026-03-31}
',X'14b736b0ce5bc92c1cd4766c7eef830503c929a8c5b9a8f98a229e7d3c443837',20493);
INSERT INTO "plan" VALUES(2,'manyi: 1
year: 2026
organisation: {zh: 测试工会, en: Test union}
centres:
  - {id: north, name: {zh: 北站, en: North}}
  - {id: south, name: {zh: 南站, en: South}}
questionnaires:
  - id: relief
    items:
      - {id: overall, kind: rating, counts: true, unknown: true,
         text: {zh: 您总体满意吗？, en: Were you satisfied?}}
      - {id: timely, kind: rating, text: {zh: 及时吗？, en: Was it on time?}}
      - {id: reasons, kind: choice, many: true, when: overall <= 2,
         text: {zh: 为什么？, en: Why?},
         options: [{id: late, text: {zh: 太晚, en: Late}},
                   {id: rude, text: {zh: 态度, en: Rude}}]}
      - {id: comment, kind: text, max: 200, text: {zh: 想说的话, en: Remarks}}
indicators:
  - {id: relief, name: {zh: 帮扶满意度, en: Relief}, target: 85.00%,
     measure: top3, confidence: 95%, points: 10, programmes: [visits, courses]}
programmes:
  - id: visits
    name: {zh: 走访, en: Visits}
    questionnaire: relief
    group: relief
    grain: month
    waves:
      - {id: q1, opens: 2026-01-01, closes: 2026-03-31, population: 157}
      - {id: q2, opens: 2026-04-01, closes: 2026-06-30}
  - id: courses
    name: {zh: 培训, en: Courses}
    questionnaire: relief
    group: relief
    grain: wave
    coded_only: true
    centres: [north]
    waves:
      - {id: q1, opens: 2026-01-01, closes: 2026-03-31}
',X'b6d1eb65ebafacd960feb6cb4e17d52d47de60b70441017d6d4c2501d842a9a2',20493);
INSERT INTO batch VALUES(1,'visits','q1','north',2,3,20493,NULL,NULL,0);
INSERT INTO batch VALUES(2,'courses','q1','',3,2,20493,NULL,NULL,0);
INSERT INTO batch VALUES(3,'visits','q2','',2,4,20493,20493,'the box was lost',4);
INSERT INTO submission VALUES(X'00004fe6877d8d14a16aac69bbce7944','visits','q1','south',4,1,2,20454,'450',1);
INSERT INTO submission VALUES(X'00004fe6ea8a877ba06eab22840ff2e0','courses','q1','',3,0,1,20454,'030',0);
INSERT INTO submission VALUES(X'00005005242b823b94529b63e90ec4ea','visits','q1','',5,0,2,20485,'3-0',1);
INSERT INTO submission VALUES(X'000050052f1886da81eecaf88fc76edf','visits','q1','north',1,0,1,20485,'140',0);
INSERT INTO submission VALUES(X'0000500573dd877a8b9f59ebba325f0a','visits','q1','north',1,0,1,20485,'440',0);
INSERT INTO submission VALUES(X'0000500574598b699d6ccc0c4d54c8a7','visits','q1','north',1,0,1,20485,'540',0);
INSERT INTO submission VALUES(X'00005005cf008b75938dc4dc1c53262a','visits','q1','north',1,0,1,20485,'340',0);
INSERT INTO submission VALUES(X'00005005d65a8b1d99b990e65029ce6a','visits','q1','north',1,0,2,20485,'1-3',0);
INSERT INTO submission VALUES(X'00005005f95184a98c2f2247e04cafab','visits','q1','north',1,0,1,20485,'240',0);
INSERT INTO submission VALUES(X'00005005fb7d84889e77a0368d0761c8','visits','q1','north',2,0,1,20485,'5-0',0);
INSERT INTO comment VALUES(X'371f2af8b8ff0d8c013970415b9ef192','visits','q1','north',3,'comment','word3',0);
INSERT INTO comment VALUES(X'78390e08a5e0d21335fe9d787d393147','visits','q1','north',5,'comment','word5',0);
INSERT INTO comment VALUES(X'99daf965ac7ddb3d30b2e5988e71bc2f','visits','q1','north',4,'comment','word4',0);
INSERT INTO comment VALUES(X'c59c6bcfa5beb51cadfd2ca559ef8ec2','visits','q1','north',2,'comment','word2',0);
INSERT INTO comment VALUES(X'caee46dacb3dc44ec977162d83eca6da','visits','q1','north',1,'comment','word1',0);
INSERT INTO comment VALUES(X'f530bbdfc63927d880190091b0b37fda','visits','q1','south',4,'comment','good',1);
INSERT INTO tally VALUES(0,'courses','q1',0,'',3,0,0,X'010000000000000001000000000000000000000000000000000000000000000000000000000000000000000000000000010000000000000000000000010000000000000000000000');
INSERT INTO tally VALUES(0,'visits','q1',0,'',5,0,0,X'010000000000000000000000000000000000000001000000000000000000000001000000000000000000000000000000000000000000000000000000010000000000000000000000');
INSERT INTO tally VALUES(0,'visits','q1',0,'north',1,0,0,X'060000000000000000000000020000000100000001000000010000000100000001000000000000000000000000000000000000000500000000000000050000000100000001000000');
INSERT INTO tally VALUES(0,'visits','q1',0,'north',2,0,0,X'010000000000000000000000000000000000000000000000000000000100000001000000000000000000000000000000000000000000000000000000010000000000000000000000');
INSERT INTO tally VALUES(0,'visits','q1',0,'south',4,1,0,X'010000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000000000001000000010000000000000000000000');
INSERT INTO tally VALUES(1,'courses','q1',20454,'',3,0,0,X'010000000000000001000000000000000000000000000000000000000000000000000000000000000000000000000000010000000000000000000000010000000000000000000000');
INSERT INTO tally VALUES(1,'visits','q1',20454,'south',4,1,0,X'010000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000000000001000000010000000000000000000000');
INSERT INTO tally VALUES(1,'visits','q1',20485,'',5,0,0,X'010000000000000000000000000000000000000001000000000000000000000001000000000000000000000000000000000000000000000000000000010000000000000000000000');
INSERT INTO tally VALUES(1,'visits','q1',20485,'north',1,0,0,X'060000000000000000000000020000000100000001000000010000000100000001000000000000000000000000000000000000000500000000000000050000000100000001000000');
INSERT INTO tally VALUES(1,'visits','q1',20485,'north',2,0,0,X'010000000000000000000000000000000000000000000000000000000100000001000000000000000000000000000000000000000000000000000000010000000000000000000000');
INSERT INTO import VALUES(1,X'cb675b8bdb5a3fda435a635b50a585dc0596016e8c94bb17389fe7338da08808',2,2,20493,NULL,NULL);
INSERT INTO import VALUES(2,X'83819b9dc1dad40f5931820c84e590d9171559fc44dc08810625aa168e55cb14',1,1,20493,20493,'another town');
INSERT INTO operator VALUES(X'066d9c024dea68a24565fabd7cd4ec1a','Li Na','lina','',2147483647,1,20493);
INSERT INTO operator VALUES(X'b97bb439b555141fdb2586ed095a3095','Wang Min','wangmin','',2147483647,0,20493);
INSERT INTO invitation VALUES(X'c5f0b9a686624f36658c7d3e6d159bd914a1d47563d633be105457f5834053c1',X'b97bb439b555141fdb2586ed095a3095',29937000);
INSERT INTO open_code VALUES('','north',1,0);
INSERT INTO open_code VALUES('','south',1,0);
INSERT INTO open_code VALUES('courses','north',0,0);
INSERT INTO open_code VALUES('courses','north',1,0);
INSERT INTO open_code VALUES('visits','north',0,0);
INSERT INTO open_code VALUES('visits','north',1,0);
INSERT INTO open_code VALUES('visits','south',0,0);
INSERT INTO open_code VALUES('visits','south',1,0);
INSERT INTO code VALUES(X'069a4a8cb659fcb9097b00ade7989f2e','visits','q2','',2,3,0,2);
INSERT INTO code VALUES(X'1e52c86071e00de353065a99a06e16fc','visits','q1','north',2,1,0,0);
INSERT INTO code VALUES(X'3f3067178c3d16e4d1dab459c93258de','visits','','south',1,0,1,0);
INSERT INTO code VALUES(X'4bbd70569cb93c4382d6e1beca328b02','courses','','north',0,0,1,0);
INSERT INTO code VALUES(X'4ee65ec372c55d4de6f301a56b8729e7','courses','q1','',3,2,0,1);
INSERT INTO code VALUES(X'54219e4b526cda1b975ad7608303d50b','courses','','north',1,0,1,0);
INSERT INTO code VALUES(X'5d97a9f50fedda0ac50bb5ebc3d9c41c','visits','','north',1,0,1,0);
INSERT INTO code VALUES(X'80574cd9ba92daa8c5ef0ba2adaf4540','visits','q2','',2,3,0,2);
INSERT INTO code VALUES(X'931872ee5c1ec2860fcc57349287e377','','','south',1,0,1,0);
INSERT INTO code VALUES(X'97aedb5a554dacd005601466633aa717','visits','q2','',2,3,0,2);
INSERT INTO code VALUES(X'9cac76b84cd13427bfbf13cc67f5b872','courses','q1','',3,2,0,0);
INSERT INTO code VALUES(X'c10a02dfefdd418cf0eaf6636c1e8650','visits','q1','north',2,1,0,0);
INSERT INTO code VALUES(X'c83b7c1dc9fbeb882172ffae9bf96c86','visits','','north',0,0,1,0);
INSERT INTO code VALUES(X'cb9835eac8a085754d5c882bebc58b86','visits','','south',0,0,1,0);
INSERT INTO code VALUES(X'cd2c5c101944bf0faa15aa4c8f1984b1','visits','q1','north',2,1,0,1);
INSERT INTO code VALUES(X'f718e93a5ca26d2b0f63c46050de4e2e','','','north',1,0,1,0);
INSERT INTO code VALUES(X'f8752b972dac0f3b5e6b034e8e111901','visits','q2','',2,3,0,2);
