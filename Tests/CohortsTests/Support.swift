import Hepatology

@testable import Cohorts

/// A file of text and what becomes of it.
struct Scored {
  let text: String
  let report: CohortReport
  let bad: [BadRow]

  /// Scores a text.
  ///
  /// - Parameter pieces: How many bytes a read gives at the most.
  init(_ cohort: Cohort, _ input: String, pieces: Int = .max) async throws {
    let bytes = Array(input.utf8)
    var place = 0
    var output: [UInt8] = []
    var bad: [BadRow] = []
    report = try await cohort.score(
      from: { buffer in
        let count = min(buffer.count, pieces, bytes.count - place)
        buffer.copyBytes(from: bytes[place..<place + count])
        place += count
        return count
      },
      to: { output += $0 }, onBadRow: { bad.append($0) })
    text = String(decoding: output, as: UTF8.self)
    self.bad = bad
  }

  /// The lines behind the header.
  var rows: [String] { text.split(separator: "\n").dropFirst().map(String.init) }

  /// The cells of those lines; for texts without quotes.
  var cells: [[String]] {
    rows.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }
}

extension Cohort {
  /// The scores of those ids, as `id` or `id:variant`.
  init(_ ids: [String], format: CohortFormat = .csv, keep: [String] = [], notes: Bool = false) {
    let scores = ids.compactMap { id -> CohortScore? in
      let parts = id.split(separator: ":").map(String.init)
      return Score.find(parts[0]).map { CohortScore($0, variant: parts.dropFirst().first) }
    }
    self.init(
      scores: scores, variables: .builtIn, format: format, keep: keep, withNotes: notes)
  }

  static var main: Cohort { Cohort(Score.main.map(\.id)) }
}
