import Hepatology
import Quantities

extension Store {
  /// Imports files, or says what importing them would do.
  ///
  /// The form of each file is seen from its content: CSV, our own JSON, or a bundle of FHIR R4 or
  /// STU3; bundles that are given together may hold one patient in several files. What is in the
  /// store already is not added again, so that importing a file twice changes nothing. Values that
  /// contradict the store are listed and left out.
  ///
  /// Visits come onto the disk some hundreds at a time, so that other programs need not wait; an
  /// import that ends early has imported what came before, and is done again to go on.
  ///
  /// - Parameters:
  ///   - files: The files.
  ///   - options: What is to be done.
  ///   - pause: Called now and then, between transactions, with how many visits were taken so far;
  ///     what it throws ends the import. It may not use the store.
  /// - Throws: ``ImportError`` where a file cannot be imported at all, ``StoreError`` where the store
  ///   cannot be written.
  public func importFiles(
    _ files: [ImportFile], _ options: ImportOptions = ImportOptions(),
    pause: (Int) throws -> Void = { _ in }
  ) throws -> ImportReport {
    var importer = Importer(self, options)
    try importer.run(files, pause)
    return importer.report
  }
}

/// An import under way.
private struct Importer {
  private let store: Store
  private let options: ImportOptions
  private(set) var report: ImportReport
  private var unread = UnreadList()
  private var waiting: [IncomingVisit] = []
  private var seen: Set<PatientCode> = []
  private var aliases: Set<IncomingPatient> = []
  private var source = ""
  private var taken = 0

  /// So many visits are one transaction: some tens of milliseconds.
  private static let batch = 200

  init(_ store: Store, _ options: ImportOptions) {
    self.store = store
    self.options = options
    report = ImportReport(isDryRun: options.isDryRun)
  }

  mutating func run(_ files: [ImportFile], _ pause: (Int) throws -> Void) throws {
    if options.isDryRun {
      try store.rehearsing { transaction in
        try read(files, pause) { importer, visits in
          try importer.merge(visits, in: transaction)
        }
      }
    } else {
      let store = store
      try read(files, pause) { importer, visits in
        var copy = importer
        try store.committing { transaction in try copy.merge(visits, in: transaction) }
        importer = copy
      }
    }
    report.unread = unread.items
    report.isCut = report.isCut || unread.isCut
  }

  // MARK: Reading

  private mutating func read(
    _ files: [ImportFile], _ pause: (Int) throws -> Void,
    _ flush: (inout Importer, [IncomingVisit]) throws -> Void
  ) throws {
    var bundles: [(name: String, document: JSONValue)] = []
    var digests = SHA256()
    for file in files {
      var sha = SHA256()
      var first: UInt8?
      try file.read { chunk in
        sha.update(chunk)
        first = first ?? chunk.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
      }
      let digest = sha.finish()
      guard first == UInt8(ascii: "{") else {
        try hand(
          CSVPatients(file, store.variables), "csv:\(digest.description.prefix(12))", pause, flush)
        continue
      }
      let document: JSONValue
      do throws(JSONError) {
        document = try JSONValue(parsing: try bytes(of: file))
      } catch {
        throw ImportError(file.name, "\(error)")
      }
      if document["resourceType"] != nil {
        bundles.append((file.name, document))
        digests.update(digest.bytes)
      } else if document["format"]?.string == PatientsJSON.format {
        try hand(
          JSONPatients(file.name, document, store.variables),
          "json:\(digest.description.prefix(12))", pause, flush)
      } else {
        throw ImportError(
          file.name, "it is JSON, but neither a bundle of FHIR nor \(PatientsJSON.format)")
      }
    }
    guard !bundles.isEmpty else { return }
    try hand(
      FHIRPatients(bundles, store.variables), "fhir:\(digests.finish().description.prefix(12))",
      pause, flush)
  }

  private mutating func hand(
    _ reader: some PatientReader, _ source: String, _ pause: (Int) throws -> Void,
    _ flush: (inout Importer, [IncomingVisit]) throws -> Void
  ) throws {
    self.source = source
    var reader = reader
    var list = unread
    var importer = self
    try reader.read(&list) { visit in
      importer.waiting.append(visit)
      guard importer.waiting.count >= Self.batch else { return }
      let batch = importer.waiting
      importer.waiting.removeAll(keepingCapacity: true)
      try flush(&importer, batch)
      importer.taken += batch.count
      try pause(importer.taken)
    }
    let batch = importer.waiting
    importer.waiting.removeAll()
    if !batch.isEmpty { try flush(&importer, batch) }
    importer.taken += batch.count
    self = importer
    unread = list
  }

  // MARK: Merging

  private mutating func merge(_ visits: [IncomingVisit], in transaction: Transaction) throws {
    for visit in visits {
      let (patient, code) = try patient(visit.patient, in: transaction)
      if seen.insert(code).inserted { report.patients.append(code) }
      try checkSex(visit, of: try transaction.replay(of: patient), code)
      _ = try transaction.change(
        patient, code, reason: options.replacing, source: source, seen: nil
      ) { change in
        try change.merge(visit, isReplacing: options.replacing != nil, &report)
      }
    }
  }

  /// Two systems may call two persons the same; their sex gives it away half of the time.
  private func checkSex(_ visit: IncomingVisit, of replay: Replay, _ code: PatientCode) throws {
    guard case .alias = visit.patient, let known = replay.digest.sex,
      let incoming = visit.values.first(where: { $0.variable == .sex }),
      Variable.sex.answer(incoming.typed) != Variable.sex.answer(known)
    else { return }
    throw StoreError.refused(
      "the files give another sex than \(code) has, who has the same id there: it is another "
        + "person, or one of the two is wrong")
  }

  private mutating func patient(_ patient: IncomingPatient, in transaction: Transaction) throws
    -> (Int, PatientCode)
  {
    switch patient {
    case .code(let code, let label):
      if let found = try transaction.find(code) { return found }
      return try make(code, label: label, in: transaction)
    case .alias(let digest):
      aliases.insert(patient)
      if let code = options.code, aliases.count > 1 {
        throw StoreError.refused(
          "the files are about several patients; \(code) can be only one of them")
      }
      let known = try transaction.find(alias: digest)
      if let code = options.code, let known, known.code.text != code.text {
        throw StoreError.refused("the patient of the file is \(known.code) here, not \(code)")
      }
      if let known { return known }
      let found =
        if let code = options.code, let found = try transaction.find(code) { found } else {
          try make(options.code, label: nil, in: transaction)
        }
      try transaction.keep(alias: digest, of: found)
      return found
    }
  }

  private mutating func make(
    _ code: PatientCode?, label: String?, in transaction: Transaction
  ) throws -> (patient: Int, code: PatientCode) {
    let made = try transaction.newPatient(code, label: label, source: source)
    report.newPatients.append(made.code)
    return made
  }
}

extension Importer {
  private func bytes(of file: ImportFile) throws(JSONError) -> [UInt8] {
    do {
      return try file.all()
    } catch {
      throw JSONError(line: 1, column: 1, reason: "\(error)")
    }
  }
}
