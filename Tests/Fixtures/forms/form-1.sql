-- A store in form 1, as it was first released. Written once and never changed: it stands for the
-- files that people have.
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
CREATE TABLE patient (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE COLLATE NOCASE,
  number TEXT NOT NULL,
  label TEXT,
  archived INTEGER NOT NULL DEFAULT 0,
  visits INTEGER NOT NULL DEFAULT 0,
  last_visit TEXT,
  age INTEGER,
  sex TEXT,
  known INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE alias (
  digest BLOB PRIMARY KEY,
  patient INTEGER NOT NULL REFERENCES patient (id)
) STRICT;
CREATE TABLE observation (
  sequence INTEGER PRIMARY KEY,
  change INTEGER NOT NULL,
  patient INTEGER NOT NULL REFERENCES patient (id),
  visit INTEGER,
  kind TEXT NOT NULL,
  field TEXT,
  text TEXT,
  unit TEXT,
  holds_at TEXT,
  entered_at INTEGER NOT NULL,
  clock INTEGER,
  author TEXT NOT NULL,
  reason TEXT,
  source TEXT,
  corrects INTEGER REFERENCES observation (sequence),
  previous BLOB NOT NULL,
  digest BLOB NOT NULL
) STRICT;
CREATE TABLE head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  count INTEGER NOT NULL,
  digest BLOB NOT NULL,
  entered_at INTEGER NOT NULL
) STRICT;
CREATE VIRTUAL TABLE patient_search USING fts5(
  code, number, label, content = 'patient', content_rowid = 'id', detail = 'column',
  prefix = '1 2 3 4'
);
CREATE INDEX patient_by_code ON patient (archived, length(code), code);
CREATE INDEX patient_by_visit ON patient (archived, last_visit DESC, id);
CREATE INDEX patient_by_age ON patient (archived, age, id);
CREATE INDEX observation_by_patient ON observation (patient);
CREATE TRIGGER observation_is_never_changed BEFORE UPDATE ON observation
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE TRIGGER observation_is_never_removed BEFORE DELETE ON observation
BEGIN SELECT RAISE(ABORT, 'nothing is removed from the log'); END;
CREATE TRIGGER observation_is_never_replaced BEFORE INSERT ON observation
WHEN EXISTS (SELECT 1 FROM observation WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE TRIGGER head_never_goes_back BEFORE UPDATE ON head
WHEN NEW.count <= OLD.count OR NEW.entered_at < OLD.entered_at
BEGIN SELECT RAISE(ABORT, 'the log never goes back'); END;
CREATE TRIGGER head_is_never_removed BEFORE DELETE ON head
BEGIN SELECT RAISE(ABORT, 'the log never goes back'); END;
CREATE TRIGGER patient_is_new AFTER INSERT ON patient BEGIN
  INSERT INTO patient_search (rowid, code, number, label)
  VALUES (NEW.id, NEW.code, NEW.number, NEW.label);
END;
CREATE TRIGGER patient_is_relabelled AFTER UPDATE OF label ON patient BEGIN
  INSERT INTO patient_search (patient_search, rowid, code, number, label)
  VALUES ('delete', OLD.id, OLD.code, OLD.number, OLD.label);
  INSERT INTO patient_search (rowid, code, number, label)
  VALUES (NEW.id, NEW.code, NEW.number, NEW.label);
END;
INSERT INTO grdb_migrations VALUES ('1 log, patients, roster');
INSERT INTO patient VALUES (1, 'P-0001', '1', 'bed, "4"', 0, 3, '2026-11-04', 52, 'female', 20);
INSERT INTO patient VALUES (2, 'S-2', '2', NULL, 1, 2, '2026-11-03', NULL, 'male', 2);
INSERT INTO patient VALUES (3, 'SITE2-017', '17', NULL, 0, 1, '2026-11-02', NULL, NULL, 1);
INSERT INTO alias VALUES (x'fe25cf83c6c7430be1664ede27c57a935e6197f91a51730ea769bf4478f72be1', 2);
INSERT INTO observation VALUES (1, 1, 1, NULL, 'created', NULL, 'P-0001', NULL, NULL, 1795000003000, NULL, 'coordinator', NULL, NULL, NULL, x'0000000000000000000000000000000000000000000000000000000000000000', x'523582677274c67deb4de900b46818b9d540ad74feec39f598df614a0adf2a11');
INSERT INTO observation VALUES (2, 2, 1, 1, 'visit', NULL, '2026-11-01', NULL, NULL, 1795000004000, NULL, 'coordinator', NULL, NULL, NULL, x'523582677274c67deb4de900b46818b9d540ad74feec39f598df614a0adf2a11', x'20e7a298a9c57f9db50a6c5f70f751a997ec9534ace6a5178038f8bdfbf7ffc9');
INSERT INTO observation VALUES (3, 3, 1, 2, 'visit', NULL, '2026-11-04', NULL, NULL, 1795000005000, NULL, 'coordinator', NULL, NULL, NULL, x'20e7a298a9c57f9db50a6c5f70f751a997ec9534ace6a5178038f8bdfbf7ffc9', x'efa8f8889c0b0c12f9f0c851b6ed50d89227534948f1079e2eb43565e313f178');
INSERT INTO observation VALUES (4, 4, 1, 3, 'visit', NULL, '2026-11-05', NULL, NULL, 1795000006000, NULL, 'coordinator', NULL, NULL, NULL, x'efa8f8889c0b0c12f9f0c851b6ed50d89227534948f1079e2eb43565e313f178', x'ba54c5bc51211ffb22bc0b5ad04fe51f4dce9fc9ba3e0e858a757919764e4f9d');
INSERT INTO observation VALUES (5, 5, 1, 3, 'redated', NULL, '2026-11-04', NULL, NULL, 1795000007000, NULL, 'coordinator', 'slip', NULL, 4, x'ba54c5bc51211ffb22bc0b5ad04fe51f4dce9fc9ba3e0e858a757919764e4f9d', x'c735afe3dc4b329e670079e31b1400ddae5b1dfd7471af9412eaae270a302944');
INSERT INTO observation VALUES (6, 6, 1, 1, 'value', 'age', '52', 'a', NULL, 1795000008000, NULL, 'coordinator', NULL, NULL, NULL, x'c735afe3dc4b329e670079e31b1400ddae5b1dfd7471af9412eaae270a302944', x'c9664ead0fccf28a5e0773bdbbfa67784f0133ff1b1988d4b1c68dd8937122ff');
INSERT INTO observation VALUES (7, 6, 1, 1, 'value', 'sex', 'female', NULL, NULL, 1795000008000, NULL, 'coordinator', NULL, NULL, NULL, x'c9664ead0fccf28a5e0773bdbbfa67784f0133ff1b1988d4b1c68dd8937122ff', x'c870d5409fde3bf8b23ea2b1bf88de805a92b76117c9fcea382fc1a38ba2f9b2');
INSERT INTO observation VALUES (8, 6, 1, 1, 'value', 'totalBilirubin', '12.5 mg/dL', 'mg/dL', NULL, 1795000008000, NULL, 'coordinator', NULL, NULL, NULL, x'c870d5409fde3bf8b23ea2b1bf88de805a92b76117c9fcea382fc1a38ba2f9b2', x'be888e8c5c42c9059659a24b25e7a02e43af1c7bada30edd7e68c6b94f7604e6');
INSERT INTO observation VALUES (9, 6, 1, 1, 'value', 'inr', '2.10', '1', NULL, 1795000008000, NULL, 'coordinator', NULL, NULL, NULL, x'be888e8c5c42c9059659a24b25e7a02e43af1c7bada30edd7e68c6b94f7604e6', x'10d90b4c7c72357d18264c7a68744ab04f8bc58f436d52d38923ec0d7cc6eaa5');
INSERT INTO observation VALUES (10, 6, 1, 1, 'value', 'sodium', '<130', 'mmol/L', NULL, 1795000008000, NULL, 'coordinator', NULL, NULL, NULL, x'10d90b4c7c72357d18264c7a68744ab04f8bc58f436d52d38923ec0d7cc6eaa5', x'e81829e94e8402207c2adff1e139f3ec411127ce26223620c30cc5da48a5a680');
INSERT INTO observation VALUES (11, 6, 1, 1, 'value', 'aetiology', 'hbv, alcohol', NULL, NULL, 1795000008000, NULL, 'coordinator', NULL, NULL, NULL, x'e81829e94e8402207c2adff1e139f3ec411127ce26223620c30cc5da48a5a680', x'6d553a9da830dcf06189fad49cc68920f7d0dffbb1a0475d58919fbf0abff0fc');
INSERT INTO observation VALUES (12, 6, 1, 1, 'value', 'malignancy', '2019-04-05', NULL, NULL, 1795000008000, NULL, 'coordinator', NULL, NULL, NULL, x'6d553a9da830dcf06189fad49cc68920f7d0dffbb1a0475d58919fbf0abff0fc', x'48840e5231f8fae8be818aa4dd8a9cfccf4fece5869a5d5c49a0d9fa3249fe64');
INSERT INTO observation VALUES (13, 6, 1, 1, 'value', 'albumin', '31 g/L', 'g/L', '2026-11-01T08:30', 1795000008000, NULL, 'coordinator', NULL, NULL, NULL, x'48840e5231f8fae8be818aa4dd8a9cfccf4fece5869a5d5c49a0d9fa3249fe64', x'b77bd9774295efbf448c906f59b656d7f1507f6ee3d1e950366cf1648e123810');
INSERT INTO observation VALUES (14, 14, 1, 1, 'value', 'vitaminKAntagonist', 'no', NULL, NULL, 1795000009000, NULL, 'coordinator', NULL, NULL, NULL, x'b77bd9774295efbf448c906f59b656d7f1507f6ee3d1e950366cf1648e123810', x'8817c8fc214c998bb1f4fde94b94ab2f4df90686c006898536176d3ac8df9b83');
INSERT INTO observation VALUES (15, 14, 1, 1, 'value', 'immunosuppressant', 'never', NULL, NULL, 1795000009000, NULL, 'coordinator', NULL, NULL, NULL, x'8817c8fc214c998bb1f4fde94b94ab2f4df90686c006898536176d3ac8df9b83', x'e34c3b50bf0730f50ce1c86db9342b4d8c749c17f6fa42108ada8019324cd894');
INSERT INTO observation VALUES (16, 14, 1, 1, 'value', 'immuneEnhancer', 'never', NULL, NULL, 1795000009000, NULL, 'coordinator', NULL, NULL, NULL, x'e34c3b50bf0730f50ce1c86db9342b4d8c749c17f6fa42108ada8019324cd894', x'a23db7847ab2d1d88a2154774819fe050fc7eab2ff3f1dd95255238de06792d6');
INSERT INTO observation VALUES (17, 14, 1, 1, 'value', 'antiInflammatoryAntibody', 'never', NULL, NULL, 1795000009000, NULL, 'coordinator', NULL, NULL, NULL, x'a23db7847ab2d1d88a2154774819fe050fc7eab2ff3f1dd95255238de06792d6', x'f883bc7b1676755fff749f1359a294efcbdf27fd07edf9247df88fb1948b5756');
INSERT INTO observation VALUES (18, 14, 1, 1, 'value', 'systemicCorticosteroid', 'never', NULL, NULL, 1795000009000, NULL, 'coordinator', NULL, NULL, NULL, x'f883bc7b1676755fff749f1359a294efcbdf27fd07edf9247df88fb1948b5756', x'6af12700cfd0eb1d89b276e06431076209d9cbb35e5008bb185d81e97e2f38bb');
INSERT INTO observation VALUES (19, 14, 1, 1, 'value', 'radiationTherapy', 'no', NULL, NULL, 1795000009000, NULL, 'coordinator', NULL, NULL, NULL, x'6af12700cfd0eb1d89b276e06431076209d9cbb35e5008bb185d81e97e2f38bb', x'8f953abc37c6f81c4ed367bc6c677854e6504c8ca0c2c62cfcfd285c9159d757');
INSERT INTO observation VALUES (20, 14, 1, 1, 'value', 'cytotoxicTherapy', 'no', NULL, NULL, 1795000009000, NULL, 'coordinator', NULL, NULL, NULL, x'8f953abc37c6f81c4ed367bc6c677854e6504c8ca0c2c62cfcfd285c9159d757', x'f6056edb21199fd3da21f27dd1eb9090f10b2e729a13a341fa56f4cc4eaf8d90');
INSERT INTO observation VALUES (21, 14, 1, 1, 'value', 'immunomodulator', 'no', NULL, NULL, 1795000009000, NULL, 'coordinator', NULL, NULL, NULL, x'f6056edb21199fd3da21f27dd1eb9090f10b2e729a13a341fa56f4cc4eaf8d90', x'b49614b4f2910a8c61580ceb87535c108af9dc2e546706748cf48174b7ec31fa');
INSERT INTO observation VALUES (22, 14, 1, 1, 'value', 'otherTrial', 'never', NULL, NULL, 1795000009000, NULL, 'coordinator', NULL, NULL, NULL, x'b49614b4f2910a8c61580ceb87535c108af9dc2e546706748cf48174b7ec31fa', x'7cba6ab9e307794d178b2faf5ca8c4af3a4ff52ae23a748fd83031002924c84d');
INSERT INTO observation VALUES (23, 14, 1, 1, 'value', 'experimentalDrug', 'never', NULL, NULL, 1795000009000, NULL, 'coordinator', NULL, NULL, NULL, x'7cba6ab9e307794d178b2faf5ca8c4af3a4ff52ae23a748fd83031002924c84d', x'ce49f1773fd343b9e9f17648ea655e62c13bdf05112633675cb214a755a49fa7');
INSERT INTO observation VALUES (24, 14, 1, 1, 'value', 'stemCellTherapy', 'no', NULL, NULL, 1795000009000, NULL, 'coordinator', NULL, NULL, NULL, x'ce49f1773fd343b9e9f17648ea655e62c13bdf05112633675cb214a755a49fa7', x'ce3b1379be8ba491549be479c05c69aaaf484a31d10cccee9b8901b1f42f7812');
INSERT INTO observation VALUES (25, 14, 1, 1, 'value', 'weightLossProgramme', 'never', NULL, NULL, 1795000009000, NULL, 'coordinator', NULL, NULL, NULL, x'ce3b1379be8ba491549be479c05c69aaaf484a31d10cccee9b8901b1f42f7812', x'092954a46bf4046c1f94d1be970a21472e7ca1d2d00d124251e7d97587190959');
INSERT INTO observation VALUES (26, 14, 1, 1, 'value', 'bariatricSurgery', 'no', NULL, NULL, 1795000009000, NULL, 'coordinator', NULL, NULL, NULL, x'092954a46bf4046c1f94d1be970a21472e7ca1d2d00d124251e7d97587190959', x'f1c509c3670cc9cc88c7ff9ca85b7a284a27eaed208ed26bf6cc937188a54c1d');
INSERT INTO observation VALUES (27, 14, 1, 1, 'reviewed', 'treatment', NULL, NULL, NULL, 1795000009000, NULL, 'coordinator', NULL, NULL, NULL, x'f1c509c3670cc9cc88c7ff9ca85b7a284a27eaed208ed26bf6cc937188a54c1d', x'b0737396552fd13b60b64756098de89e013d61874041b0c7541ed61c45a58729');
INSERT INTO observation VALUES (28, 28, 1, 2, 'cleared', 'sodium', NULL, NULL, NULL, 1795000010000, NULL, 'coordinator', 'list of the laboratory', NULL, NULL, x'b0737396552fd13b60b64756098de89e013d61874041b0c7541ed61c45a58729', x'49fdcea5b52bd2e3ee06d6d4e03086a36dd5879685c8cc7f9f153335f60aa997');
INSERT INTO observation VALUES (29, 28, 1, 2, 'value', 'totalBilirubin', '240 umol/L', 'umol/L', NULL, 1795000010000, NULL, 'coordinator', 'list of the laboratory', NULL, NULL, x'49fdcea5b52bd2e3ee06d6d4e03086a36dd5879685c8cc7f9f153335f60aa997', x'1f18e8d81340a42c57777709a0a1c587847a95db6c94c0f5250074c85741babe');
INSERT INTO observation VALUES (30, 28, 1, 2, 'attested', 'NCT05985863 e4', 'no', NULL, NULL, 1795000010000, NULL, 'coordinator', 'list of the laboratory', NULL, NULL, x'1f18e8d81340a42c57777709a0a1c587847a95db6c94c0f5250074c85741babe', x'8218df30779f1d90a1b5c9ba5ccf6a32b535cdd6d9287440c2a597e1220b91d4');
INSERT INTO observation VALUES (31, 31, 1, 3, 'value', 'ast', '80', 'U/L', NULL, 1795000011000, NULL, 'coordinator', NULL, NULL, NULL, x'8218df30779f1d90a1b5c9ba5ccf6a32b535cdd6d9287440c2a597e1220b91d4', x'0496927d99bf7b36f74baacc1f1fe15b8f272568f2641fd5b25b997114b33ec6');
INSERT INTO observation VALUES (32, 32, 1, NULL, 'undo', NULL, NULL, NULL, NULL, 1795000012000, NULL, 'coordinator', NULL, NULL, 31, x'0496927d99bf7b36f74baacc1f1fe15b8f272568f2641fd5b25b997114b33ec6', x'c575bbd1b842361b58754ce485e9eaaa3ffc9a1bd3727877dab31dc22af4c842');
INSERT INTO observation VALUES (33, 33, 1, NULL, 'redo', NULL, NULL, NULL, NULL, 1795000013000, NULL, 'coordinator', NULL, NULL, 31, x'c575bbd1b842361b58754ce485e9eaaa3ffc9a1bd3727877dab31dc22af4c842', x'4a649bb8570bfc234e257b399d2ea757946a06c6ca00a51c861db0f04b871d29');
INSERT INTO observation VALUES (34, 34, 1, NULL, 'undo', NULL, NULL, NULL, NULL, 1795000014000, NULL, 'coordinator', NULL, NULL, 31, x'4a649bb8570bfc234e257b399d2ea757946a06c6ca00a51c861db0f04b871d29', x'75a816ffa55c543e9ce4d344ac2aa91e1dac1cca749a17e7351fc773e307d396');
INSERT INTO observation VALUES (35, 35, 1, 3, 'value', 'inr', '2.3', '1', NULL, 1795000014000, 1700000004000, 'nurse', NULL, NULL, NULL, x'75a816ffa55c543e9ce4d344ac2aa91e1dac1cca749a17e7351fc773e307d396', x'f16ca030266e5b665787e1cc0c1296644dc36ad3e0616651af944a629a36dc07');
INSERT INTO observation VALUES (36, 36, 2, NULL, 'created', NULL, 'S-2', NULL, NULL, 1795000014000, 1700000005000, 'nurse', NULL, NULL, NULL, x'f16ca030266e5b665787e1cc0c1296644dc36ad3e0616651af944a629a36dc07', x'109e7ea8d375359d539b9a79c1c0134326f946355cb07447ff1c71d3e4ce869d');
INSERT INTO observation VALUES (37, 37, 2, 1, 'visit', NULL, '2026-11-01', NULL, NULL, 1795000014000, 1700000006000, 'nurse', NULL, NULL, NULL, x'109e7ea8d375359d539b9a79c1c0134326f946355cb07447ff1c71d3e4ce869d', x'6e006a6650165da83073f9d92888ad6e9ab46f2b58cfc19e0971718e0fefb050');
INSERT INTO observation VALUES (38, 38, 2, NULL, 'archived', NULL, NULL, NULL, NULL, 1795000014000, 1700000007000, 'nurse', 'left', NULL, NULL, x'6e006a6650165da83073f9d92888ad6e9ab46f2b58cfc19e0971718e0fefb050', x'069b69a0fcc89df7196b904b4f675658396d6bbbc7a2d954f2f34c249902e40d');
INSERT INTO observation VALUES (39, 39, 3, NULL, 'created', NULL, 'SITE2-017', NULL, NULL, 1795000014000, 1700000008000, 'nurse', NULL, 'csv:cd363f39ef08', NULL, x'069b69a0fcc89df7196b904b4f675658396d6bbbc7a2d954f2f34c249902e40d', x'7186bb1874f1b8131caf9263e9b6555180bf54102a70392a8d900f7d86594a9c');
INSERT INTO observation VALUES (40, 40, 3, 1, 'visit', NULL, '2026-11-02', NULL, NULL, 1795000014000, 1700000008000, 'nurse', NULL, 'csv:cd363f39ef08', NULL, x'7186bb1874f1b8131caf9263e9b6555180bf54102a70392a8d900f7d86594a9c', x'994fc75b0870bab5e5f7a34d639a33ea76ce582f312aed78436c67426eb8c090');
INSERT INTO observation VALUES (41, 40, 3, 1, 'value', 'inr', '1.9', '1', '2026-11-02T08:30', 1795000014000, 1700000008000, 'nurse', NULL, 'csv:cd363f39ef08', NULL, x'994fc75b0870bab5e5f7a34d639a33ea76ce582f312aed78436c67426eb8c090', x'beec18025215cca5b0e394786962de571407d650386d372dc5c848492574f30d');
INSERT INTO observation VALUES (42, 42, 2, 2, 'visit', NULL, '2026-11-03', NULL, NULL, 1795000014000, 1700000009000, 'nurse', NULL, 'fhir:22f3c22c8e5e', NULL, x'beec18025215cca5b0e394786962de571407d650386d372dc5c848492574f30d', x'13008e11d3ece486119aa5fb288da10d309c6739ab7571f6c8bdb3ed70b99aa6');
INSERT INTO observation VALUES (43, 42, 2, 2, 'value', 'sex', 'male', NULL, NULL, 1795000014000, 1700000009000, 'nurse', NULL, 'fhir:22f3c22c8e5e', NULL, x'13008e11d3ece486119aa5fb288da10d309c6739ab7571f6c8bdb3ed70b99aa6', x'7da6cdf51abd3ac3a115468987f1f281848d342a4123866b40b1beaa223bff56');
INSERT INTO observation VALUES (44, 42, 2, 2, 'value', 'inr', '1.7', '1', NULL, 1795000014000, 1700000009000, 'nurse', NULL, 'fhir:22f3c22c8e5e', NULL, x'7da6cdf51abd3ac3a115468987f1f281848d342a4123866b40b1beaa223bff56', x'01d84d41282734255e7fd08b8a5909b4d2de75bc39ccdcb26cbcd33119c91345');
INSERT INTO head VALUES (1, 44, x'01d84d41282734255e7fd08b8a5909b4d2de75bc39ccdcb26cbcd33119c91345', 1795000014000);
PRAGMA application_id = 1280262741;
PRAGMA user_version = 1;
