INSERT INTO setting VALUES('public_url','http://127.0.0.1:37875');
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
INSERT INTO code VALUES(X'27f4fe7ef3ba1d817f2496256bf97b80','visits','q2','',2,3,0,2);
INSERT INTO code VALUES(X'2bb325cf86be0db153dc71d3bc423dee','visits','q1','north',2,1,0,1);
INSERT INTO code VALUES(X'3f3067178c3d16e4d1dab459c93258de','visits','','south',1,0,1,0);
INSERT INTO code VALUES(X'419a2b162954f04b500d2fa3661ee142','courses','q1','',3,2,0,0);
INSERT INTO code VALUES(X'46eccb9ea7986f26b7ee98324cea9dd9','visits','q2','',2,3,0,2);
INSERT INTO code VALUES(X'54219e4b526cda1b975ad7608303d50b','courses','','north',1,0,1,0);
INSERT INTO code VALUES(X'550ba7b98340a2de31d3201f34e1cf45','visits','q1','north',2,1,0,0);
INSERT INTO code VALUES(X'5d97a9f50fedda0ac50bb5ebc3d9c41c','visits','','north',1,0,1,0);
INSERT INTO code VALUES(X'c02ada98f06889827260625695706890','visits','q1','north',2,1,0,0);
INSERT INTO code VALUES(X'd24ffe972cf8815d9f38157c3acc8efc','visits','q2','',2,3,0,2);
INSERT INTO code VALUES(X'ee12ecbbc21305092db1094241c1bfe9','visits','q2','',2,3,0,2);
INSERT INTO code VALUES(X'f4015365ae17de2147d2d80afc0912ed','courses','q1','',3,2,0,1);
INSERT INTO submission VALUES(X'00004fe606f686c2892bd97a7dd7ac85','courses','q1','',3,0,1,20454,'030',0);
INSERT INTO submission VALUES(X'00004fe6877d8d14a16aac69bbce7944','visits','q1','south',4,1,2,20454,'450',1);
INSERT INTO submission VALUES(X'000050050fa9836993aaab57bb88a2e4','visits','q1','north',1,0,1,20485,'540',0);
INSERT INTO submission VALUES(X'00005005242b823b94529b63e90ec4ea','visits','q1','',5,0,2,20485,'3-0',1);
INSERT INTO submission VALUES(X'0000500537268b22b2872c32ce746f2c','visits','q1','north',1,0,2,20485,'1-3',0);
INSERT INTO submission VALUES(X'00005005772885c683ef44fa4e4a4023','visits','q1','north',1,0,1,20485,'440',0);
INSERT INTO submission VALUES(X'000050057da785ae873ed027f348fc52','visits','q1','north',1,0,1,20485,'240',0);
INSERT INTO submission VALUES(X'000050057da988d5ba2e3b629b1a014c','visits','q1','north',1,0,1,20485,'140',0);
INSERT INTO submission VALUES(X'000050057f998c9d98471ade431fbc46','visits','q1','north',2,0,1,20485,'5-0',0);
INSERT INTO submission VALUES(X'00005005b69e8ae88179f4b86accf052','visits','q1','north',1,0,1,20485,'340',0);
INSERT INTO comment VALUES(X'1021e58b501500411daab3c9ece67b13','visits','q1','north',4,'comment','word4',0);
INSERT INTO comment VALUES(X'7d26a30004f619bf1006dae0b0f505e6','visits','q1','south',4,'comment','good',1);
INSERT INTO comment VALUES(X'968276d6b844dd0734ebafd4bc9ce4f1','visits','q1','north',2,'comment','word2',0);
INSERT INTO comment VALUES(X'a8583bb74384d2badf25d7c46aadd7aa','visits','q1','north',3,'comment','word3',0);
INSERT INTO comment VALUES(X'b335c2eba112ef6bf5d1c6b3f458153a','visits','q1','north',1,'comment','word1',0);
INSERT INTO comment VALUES(X'ec34cfca7be667a5f6d1b039120bf19d','visits','q1','north',5,'comment','word5',0);
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
