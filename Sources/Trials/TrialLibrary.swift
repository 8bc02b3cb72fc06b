import Seeds

/// The trials that are known: those that come with the program, and those of a site's own files.
public struct TrialLibrary: Sendable {
  /// A trial file: its name and its bytes.
  public typealias File = (name: String, bytes: [UInt8])

  /// The trials, in the order of their files, those of the program first.
  public let trials: [TrialRecord]
  /// What is wrong in files that could not be read, and identifiers that are taken.
  public let problems: [TrialProblem]
  private let positions: [TrialRecord.ID: Int]

  /// The files that come with the program.
  public static var bundledFiles: [File] { Seeds.files }

  /// Reads trial files.
  ///
  /// A file that has anything wrong with it is left out and reported; so is one whose trial is
  /// known from an earlier file.
  ///
  /// - Parameters:
  ///   - files: Names and bytes, the program's own first unless others shall come before them.
  ///   - check: Says what is wrong in each expression.
  public init(
    files: [File] = Self.bundledFiles, checking check: TrialReader.ExpressionCheck? = nil
  ) {
    var trials: [TrialRecord] = []
    var problems: [TrialProblem] = []
    var positions: [TrialRecord.ID: Int] = [:]
    var names: [TrialRecord.ID: String] = [:]
    for (file, (record, found)) in zip(files, Self.read(files, checking: check)) {
      problems += found
      guard let record else { continue }
      if let name = names[record.id] {
        problems.append(
          TrialProblem(
            file: file.name, place: Self.place(ofIdIn: file),
            message: "the trial \(record.id) is known from \(name) already; this file is left out"))
        continue
      }
      names[record.id] = file.name
      positions[record.id] = trials.count
      trials.append(record)
    }
    self.trials = trials
    self.problems = problems
    self.positions = positions
  }

  /// Reads the files side by side, on as many cores as there are: reading is what a start waits for.
  private static func read(_ files: [File], checking check: TrialReader.ExpressionCheck?)
    -> [(record: TrialRecord?, problems: [TrialProblem])]
  {
    var results = [(record: TrialRecord?, problems: [TrialProblem])](
      repeating: (nil, []), count: files.count)
    results.withUnsafeMutableBufferPointer { buffer in
      // Each iteration writes to its own place.
      nonisolated(unsafe) let places = buffer
      SideBySide.run(files.count) { index in
        places[index] = TrialReader.read(
          files[index].bytes, file: files[index].name, checking: check)
      }
    }
    return results
  }

  /// The trial of that identifier.
  public subscript(id: TrialRecord.ID) -> TrialRecord? { positions[id].map { trials[$0] } }

  /// The line on which a file that has been read says its identifier.
  private static func place(ofIdIn file: File) -> SourceText.Place {
    var line = 1
    for text in file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if text.starts(with: "id:".utf8) { return SourceText.Place(line: line, column: 1) }
      line += 1
    }
    return SourceText.Place(line: 1, column: 1)
  }
}
