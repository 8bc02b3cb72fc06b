import GRDB

/// The tables, and how a store of an older form becomes one of the present form.
struct Schema: Sendable {
  /// A step from one form to the next.
  struct Step: Sendable {
    let name: String
    let sql: String
  }

  /// What a file's header says that is a store of this program: `LOBU`.
  static let applicationID: Int32 = 0x4C4F_4255

  /// The steps from an empty file to the present form, which is their number.
  var steps: [Step]

  var version: Int { steps.count }

  /// The form that this program writes.
  static let current = Schema(steps: [
    Step(name: "1 log, patients, roster", sql: first),
    Step(name: "2 a search of the archive", sql: second),
  ])

  /// Takes the store to the form of this schema; each step is done as a whole or not at all.
  func migrate(_ queue: DatabaseQueue) throws {
    var migrator = DatabaseMigrator()
    for (index, step) in steps.enumerated() {
      migrator.registerMigration(step.name) { db in
        try db.execute(sql: step.sql)
        try db.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(index + 1)")
      }
    }
    try migrator.migrate(queue)
  }

  private static let first = """
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
    CREATE INDEX patient_by_code ON patient (archived, length(code), code);
    CREATE INDEX patient_by_visit ON patient (archived, last_visit DESC, id);
    CREATE INDEX patient_by_age ON patient (archived, age, id);

    -- What a file from elsewhere calls a patient, as a digest: the name itself is not kept.
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
    CREATE INDEX observation_by_patient ON observation (patient);
    CREATE TRIGGER observation_is_never_changed BEFORE UPDATE ON observation
    BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
    CREATE TRIGGER observation_is_never_removed BEFORE DELETE ON observation
    BEGIN SELECT RAISE(ABORT, 'nothing is removed from the log'); END;
    -- REPLACE would remove a row without asking the trigger above.
    CREATE TRIGGER observation_is_never_replaced BEFORE INSERT ON observation
    WHEN EXISTS (SELECT 1 FROM observation WHERE sequence = NEW.sequence)
    BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;

    -- How many rows the log has and the digest of the last one, so that rows that are missing from
    -- its end are missed.
    CREATE TABLE head (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      count INTEGER NOT NULL,
      digest BLOB NOT NULL,
      entered_at INTEGER NOT NULL
    ) STRICT;
    INSERT INTO head VALUES (1, 0, zeroblob(32), 0);
    CREATE TRIGGER head_never_goes_back BEFORE UPDATE ON head
    WHEN NEW.count <= OLD.count OR NEW.entered_at < OLD.entered_at
    BEGIN SELECT RAISE(ABORT, 'the log never goes back'); END;
    CREATE TRIGGER head_is_never_removed BEFORE DELETE ON head
    BEGIN SELECT RAISE(ABORT, 'the log never goes back'); END;

    CREATE VIRTUAL TABLE patient_search USING fts5(
      code, number, label, content = 'patient', content_rowid = 'id', detail = 'column',
      prefix = '1 2 3 4'
    );
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
    """

  /// Those who were put away have a search of their own, so that neither search has to leave lines
  /// out one by one.
  private static let second = """
    DROP TRIGGER patient_is_relabelled;
    CREATE VIRTUAL TABLE archive_search USING fts5(
      code, number, label, content = 'patient', content_rowid = 'id', detail = 'column',
      prefix = '1 2 3 4'
    );
    CREATE TRIGGER patient_is_found_otherwise AFTER UPDATE OF label, archived ON patient
    WHEN OLD.label IS NOT NEW.label OR OLD.archived <> NEW.archived BEGIN
      INSERT INTO patient_search (patient_search, rowid, code, number, label)
      SELECT 'delete', OLD.id, OLD.code, OLD.number, OLD.label WHERE NOT OLD.archived;
      INSERT INTO archive_search (archive_search, rowid, code, number, label)
      SELECT 'delete', OLD.id, OLD.code, OLD.number, OLD.label WHERE OLD.archived;
      INSERT INTO patient_search (rowid, code, number, label)
      SELECT NEW.id, NEW.code, NEW.number, NEW.label WHERE NOT NEW.archived;
      INSERT INTO archive_search (rowid, code, number, label)
      SELECT NEW.id, NEW.code, NEW.number, NEW.label WHERE NEW.archived;
    END;
    INSERT INTO patient_search (patient_search, rowid, code, number, label)
    SELECT 'delete', id, code, number, label FROM patient WHERE archived;
    INSERT INTO archive_search (rowid, code, number, label)
    SELECT id, code, number, label FROM patient WHERE archived;
    """
}
