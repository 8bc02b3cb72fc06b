import Dispatch
public import Hepatology
import Tables

/// Scores of many patients, from a stream of rows to a stream of rows.
///
/// The stream is CSV: a header such as `code,age,totalBilirubin[umol/L],inr` and one patient a row.
/// Rows come out in the order in which they went in, in memory that does not grow with them, and all
/// cores work. A row that cannot be read comes out with empty scores and the reason, and takes no
/// other with it.
///
/// ```swift
/// let cohort = Cohort(
///   scores: Score.main.map { CohortScore($0) }, variables: .builtIn)
/// let report = try await cohort.score(
///   from: { buffer in read(0, buffer.baseAddress, buffer.count) },
///   to: { bytes in output.append(contentsOf: bytes) })
/// ```
public struct Cohort: Sendable {
  /// What is computed, in the order of the columns.
  public var scores: [CohortScore]
  /// How it is written.
  public var format: CohortFormat
  /// Columns of the file, by their heads, that are carried over besides `code`, `id`, `date`, `visit`
  /// and `label`.
  public var keep: [String]
  /// Whether a last column says what a reader must know of each row; every patient then goes
  /// through the bedside, which takes many times as long.
  public var withNotes: Bool
  /// The variables that columns may hold.
  public var variables: VariableTable

  /// Scores of many patients.
  public init(
    scores: [CohortScore], variables: VariableTable, format: CohortFormat = .csv,
    keep: [String] = [], withNotes: Bool = false
  ) {
    self.variables = variables
    self.scores = scores
    self.format = format
    self.keep = keep
    self.withNotes = withNotes
  }

  /// How far the work is.
  public struct Progress: Sendable {
    /// Rows that are written.
    public internal(set) var rows = 0
    /// Bytes that are read.
    public internal(set) var bytes = 0
  }

  /// Reads, scores and writes.
  ///
  /// - Parameters:
  ///   - read: Fills a buffer from the file and answers with how many bytes; zero at its end.
  ///   - write: Takes the next bytes of the output.
  ///   - onBadRow: Takes each row that cannot be read, in order.
  ///   - onProgress: Hears how far the work is, some times for every megabyte.
  /// - Throws: ``CohortError`` where the header is wrong or the bytes are no table; whatever the
  ///   closures throw.
  public func score(
    from read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int,
    to write: ([UInt8]) throws -> Void,
    onBadRow: (BadRow) -> Void = { _ in },
    onProgress: (Progress) -> Void = { _ in }
  ) async throws -> CohortReport {
    var progress = Progress()
    var reader = BlockReader(read)
    let heading = try reader.heading()
    let header = try CohortHeader(heading.names, keep: keep, in: variables)
    let writer = RowWriter(
      format: format, separator: heading.separator, lineEnd: heading.lineEnd,
      kept: header.kept.map(\.name), scores: scores.map(\.name), hasNotes: withNotes)
    let scorer = BlockScorer(scores, header, separator: heading.separator, writer: writer)
    try write(Array(writer.beginning.utf8))

    var report = CohortReport()
    var tally = Tally()
    var isFirst = true
    func finish(_ outcome: BlockScorer.Outcome) throws {
      outcome.bad.forEach(onBadRow)
      report.badRows += outcome.bad.count
      tally.add(outcome.tally)
      if !outcome.bytes.isEmpty {
        // In JSON a comma stands before each row but the first.
        try write(isFirst && format == .json ? Array(outcome.bytes.dropFirst()) : outcome.bytes)
        isFirst = false
      }
      progress.rows = tally.rows
      onProgress(progress)
    }

    try await withThrowingTaskGroup(of: BlockScorer.Outcome.self) { group in
      var (started, finished) = (0, 0)
      var waiting: [Int: BlockScorer.Outcome] = [:]
      /// Waits for a block, and writes those whose turn has come.
      func wait() async throws {
        guard let outcome = try await group.next() else { return }
        waiting[outcome.number] = outcome
        while let next = waiting.removeValue(forKey: finished) {
          try finish(next)
          finished += 1
        }
      }
      while let block = try reader.next(scorer.scanner) {
        progress.bytes += block.bytes.count
        group.addTask { scorer.outcome(of: block) }
        started += 1
        while started - finished >= Self.most { try await wait() }
      }
      while finished < started { try await wait() }
    }
    try write(Array(writer.end.utf8))

    report.rows = tally.rows
    report.remarks = lacks(header) + tally.sentences(scores, scorer.readColumns)
    let taken = Set(scorer.readColumns.map(\.variable))
    report.unusedColumns =
      header.unused + header.columns.map(\.header.variable).filter { !taken.contains($0) }.map(\.id)
    return report
  }

  /// Which scores a file has no columns for, a sentence each.
  private func lacks(_ header: CohortHeader) -> [String] {
    let present = Set(header.columns.map(\.header.variable))
    return scores.compactMap { score in
      let lacking = score.score.inputs.filter { !present.contains($0) }
      guard !lacking.isEmpty else { return nil }
      return "\(score.name) needs \(lacking.map(\.id).joined(separator: ", ")): "
        + "the file has no such column"
    }
  }

  /// The most blocks that are in memory at a time: enough for every core of a large machine to have
  /// one while others wait for their turn to be written.
  private static let most = 16
}

extension ColumnScoring {
  /// The scores of patients in many blocks, with all cores.
  ///
  /// - Returns: For each block what ``results(of:)`` answers.
  public func results(of blocks: [PatientColumns]) -> [[ScoreColumn]] {
    var results: [[ScoreColumn]] = []
    write(blocks, to: &results)
    return results
  }

  /// Writes the scores of patients in many blocks over those of others, with all cores.
  ///
  /// - Parameters:
  ///   - blocks: The patients.
  ///   - results: What ``results(of:)`` answers; whatever it was before, its memory is used again.
  public func write(_ blocks: [PatientColumns], to results: inout [[ScoreColumn]]) {
    if results.count != blocks.count {
      results = [[ScoreColumn]](repeating: [], count: blocks.count)
    }
    let share = 64
    results.withUnsafeMutableBufferPointer { results in
      // Each block is written by one thread alone.
      nonisolated(unsafe) let results = results
      DispatchQueue.concurrentPerform(iterations: (blocks.count + share - 1) / share) { number in
        var room = Room()
        for index in number * share..<min((number + 1) * share, blocks.count) {
          write(blocks[index], to: &results[index], in: &room)
        }
      }
    }
  }
}
