INSERT INTO setting VALUES('public_url','http://127.0.0.1:45765');
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
INSERT INTO open_code VALUES('courses','north',0);
INSERT INTO open_code VALUES('visits','north',0);
INSERT INTO open_code VALUES('visits','south',0);
INSERT INTO batch VALUES(1,'visits','q1','north',2,3,20493,NULL,NULL,0);
INSERT INTO batch VALUES(2,'courses','q1','',3,2,20493,NULL,NULL,0);
INSERT INTO batch VALUES(3,'visits','q2','',2,4,20493,20493,'the box was lost',4);
INSERT INTO code VALUES(X'09970ebc42050b919cbca11288b61e72','visits','q2','',2,3,0,2);
INSERT INTO code VALUES(X'11320c155feec342d48400f8c16f478a','visits','q1','north',2,1,0,1);
INSERT INTO code VALUES(X'11ccc8016ef768eea313f51b31429d0d','courses','q1','',3,2,0,0);
INSERT INTO code VALUES(X'146014617a69ee3f9f6b3f00eb985a32','visits','q1','north',2,1,0,0);
INSERT INTO code VALUES(X'3f3067178c3d16e4d1dab459c93258de','visits','','south',1,0,1,0);
INSERT INTO code VALUES(X'54219e4b526cda1b975ad7608303d50b','courses','','north',1,0,1,0);
INSERT INTO code VALUES(X'5d97a9f50fedda0ac50bb5ebc3d9c41c','visits','','north',1,0,1,0);
INSERT INTO code VALUES(X'765e687a39b88136128b5d87cc5dff65','visits','q1','north',2,1,0,0);
INSERT INTO code VALUES(X'80229709d3139c9bb1fbae991af90e0a','visits','q2','',2,3,0,2);
INSERT INTO code VALUES(X'd5b6894b638188fde011d3d5d70781c0','visits','q2','',2,3,0,2);
INSERT INTO code VALUES(X'e85a354ec439befd8c8f710b16afb725','courses','q1','',3,2,0,1);
INSERT INTO code VALUES(X'fd4e22a101706f4bdf7f096bb5cf18c5','visits','q2','',2,3,0,2);
INSERT INTO submission VALUES(X'00004fe62e72824cb43b489def884652','courses','q1','',3,0,1,20454,'030',0);
INSERT INTO submission VALUES(X'00004fe6877d8d14a16aac69bbce7944','visits','q1','south',4,1,2,20454,'450',1);
INSERT INTO submission VALUES(X'0000500501b08976944a76f0036298bd','visits','q1','north',1,0,1,20485,'140',0);
INSERT INTO submission VALUES(X'00005005242b823b94529b63e90ec4ea','visits','q1','',5,0,2,20485,'3-0',1);
INSERT INTO submission VALUES(X'0000500526168808a3176c155377d1a3','visits','q1','north',1,0,2,20485,'1-3',0);
INSERT INTO submission VALUES(X'0000500532aa833dabded85cecd67665','visits','q1','north',1,0,1,20485,'340',0);
INSERT INTO submission VALUES(X'0000500543e28bb7ac693859fa7c9f02','visits','q1','north',2,0,1,20485,'5-0',0);
INSERT INTO submission VALUES(X'0000500587da829b98321c3117fabced','visits','q1','north',1,0,1,20485,'540',0);
INSERT INTO submission VALUES(X'00005005f16e8c0c97c6c54f914fc53c','visits','q1','north',1,0,1,20485,'440',0);
INSERT INTO submission VALUES(X'00005005f20283438cd02582a39a7059','visits','q1','north',1,0,1,20485,'240',0);
INSERT INTO comment VALUES(X'17441008070a6824f4e39bf56b0d0e3e','visits','q1','south',4,'comment','good',1);
INSERT INTO comment VALUES(X'3e6addfd2b8cd6d582edc67b084bb509','visits','q1','north',1,'comment','word1',0);
INSERT INTO comment VALUES(X'7345051916de59a4c8674c243d2bf6b1','visits','q1','north',2,'comment','word2',0);
INSERT INTO comment VALUES(X'7ca1dbe5e737eb602c78b5971a0b84ef','visits','q1','north',4,'comment','word4',0);
INSERT INTO comment VALUES(X'c1f5309ee76bb04c6b947f0e2e6a4cb6','visits','q1','north',3,'comment','word3',0);
INSERT INTO comment VALUES(X'ca91a598bee372a1745cef4d3eced716','visits','q1','north',5,'comment','word5',0);
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
INSERT INTO operator VALUES(X'364b5bfcf9b78687b365a90696c40842','Li Na','lina','',2147483647,1,20493);
INSERT INTO operator VALUES(X'7075403b643e3291c1fadd6b9f01bdb5','Wang Min','wangmin','',2147483647,0,20493);
INSERT INTO invitation VALUES(X'4c621c0536a3682851acd1f3f7026d5fea306f63cae542a7ede6b8ce32726d97',X'7075403b643e3291c1fadd6b9f01bdb5',29937000);
