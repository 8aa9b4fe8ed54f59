INSERT INTO setting VALUES('public_url','http://127.0.0.1:43741');
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
INSERT INTO code VALUES(X'048f74941346eebb53925d6071f416ba','visits','q2','',2,3,0,2);
INSERT INTO code VALUES(X'3f3067178c3d16e4d1dab459c93258de','visits','','south',1,0,1,0);
INSERT INTO code VALUES(X'54219e4b526cda1b975ad7608303d50b','courses','','north',1,0,1,0);
INSERT INTO code VALUES(X'5b4baa517f578e417ff9d7b3a3bcc02a','visits','q2','',2,3,0,2);
INSERT INTO code VALUES(X'5d97a9f50fedda0ac50bb5ebc3d9c41c','visits','','north',1,0,1,0);
INSERT INTO code VALUES(X'5fa49a68d71cd9690fbd1c0bd24f4147','courses','q1','',3,2,0,0);
INSERT INTO code VALUES(X'6dca2a4fb9dbc78d9a2b79768b503233','courses','q1','',3,2,0,1);
INSERT INTO code VALUES(X'6de93151988bd03fbc0a568da383295c','visits','q1','north',2,1,0,0);
INSERT INTO code VALUES(X'86ef6733758c1c90dcc191c99de3be59','visits','q1','north',2,1,0,0);
INSERT INTO code VALUES(X'940186f6e4e47ee3c3afce3285c08bbc','visits','q1','north',2,1,0,1);
INSERT INTO code VALUES(X'eff1cfc6bc53a9869c457cd1bbf6d0dd','visits','q2','',2,3,0,2);
INSERT INTO code VALUES(X'f4495d5f74ea719434ea9e771806ae49','visits','q2','',2,3,0,2);
INSERT INTO submission VALUES(X'00004fe600458b848ba5d30c5c0d47e5','courses','q1','',3,0,1,20454,'030');
INSERT INTO submission VALUES(X'000050050b468b2e84b96814c6ac3ab2','visits','q1','north',1,0,1,20485,'140');
INSERT INTO submission VALUES(X'00005005170b825e88d6a97f2361d33a','visits','q1','north',2,0,1,20485,'5-0');
INSERT INTO submission VALUES(X'000050056c4682018579794027ed39a5','visits','q1','north',1,0,1,20485,'440');
INSERT INTO submission VALUES(X'000050058d318466b91d93a8834c17c1','visits','q1','north',1,0,1,20485,'540');
INSERT INTO submission VALUES(X'00005005a70b8975997928adeb90e381','visits','q1','north',1,0,1,20485,'240');
INSERT INTO submission VALUES(X'00005005ac1c8b3f9b935ebfac5bf68d','visits','q1','north',1,0,2,20485,'1-3');
INSERT INTO submission VALUES(X'00005005b0918170b1ccd8872620f4b6','visits','q1','north',1,0,1,20485,'340');
INSERT INTO comment VALUES(X'3819883a385de1bac0df33003dede6a6','visits','q1','north',3,'comment','word3');
INSERT INTO comment VALUES(X'647f9aaf5317a0afb71a24590d45b5e0','visits','q1','north',1,'comment','word1');
INSERT INTO comment VALUES(X'7988286fba3d3807094622765d269bbb','visits','q1','north',5,'comment','word5');
INSERT INTO comment VALUES(X'98081ff605db6eff008b40a374f2acbe','visits','q1','north',2,'comment','word2');
INSERT INTO comment VALUES(X'abe155274426fc0dea75eb36722b2e3c','visits','q1','north',4,'comment','word4');
INSERT INTO tally VALUES(0,'courses','q1',0,'',3,0,0,X'010000000000000001000000000000000000000000000000000000000000000000000000000000000000000000000000010000000000000000000000010000000000000000000000');
INSERT INTO tally VALUES(0,'visits','q1',0,'north',1,0,0,X'060000000000000000000000020000000100000001000000010000000100000001000000000000000000000000000000000000000500000000000000050000000100000001000000');
INSERT INTO tally VALUES(0,'visits','q1',0,'north',2,0,0,X'010000000000000000000000000000000000000000000000000000000100000001000000000000000000000000000000000000000000000000000000010000000000000000000000');
INSERT INTO tally VALUES(1,'courses','q1',20454,'',3,0,0,X'010000000000000001000000000000000000000000000000000000000000000000000000000000000000000000000000010000000000000000000000010000000000000000000000');
INSERT INTO tally VALUES(1,'visits','q1',20485,'north',1,0,0,X'060000000000000000000000020000000100000001000000010000000100000001000000000000000000000000000000000000000500000000000000050000000100000001000000');
INSERT INTO tally VALUES(1,'visits','q1',20485,'north',2,0,0,X'010000000000000000000000000000000000000000000000000000000100000001000000000000000000000000000000000000000000000000000000010000000000000000000000');
