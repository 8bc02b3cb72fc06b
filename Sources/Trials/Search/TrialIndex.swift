/// The texts of trials, made ready for searching while somebody types.
///
/// Making it reads every text once, which a program may do after it has shown something.
public struct TrialIndex: Sendable {
  /// All folded texts, one after the other.
  private var text: [UInt8] = []
  private var ends: [Int] = []
  private var facets: [[[String]]] = []
  /// For each trial a filter of the pairs and triples of letters that occur in it: what a filter
  /// lacks does not occur, so that a rare word costs no reading.
  private var filters: [UInt64] = []

  private static let filterWords = 128

  /// The index of trials; its answers are positions in this array.
  public init(_ trials: [TrialRecord]) {
    for trial in trials { add(trial) }
  }

  private mutating func add(_ trial: TrialRecord) {
    let start = text.count
    for section in trial.sections {
      for line in section.lines {
        for piece in line.texts where !piece.isEmpty {
          FoldedText.append(piece, to: &text)
          text.append(UInt8(ascii: "\n"))
        }
      }
    }
    FoldedText.append(trial.shortTitle, to: &text)
    ends.append(text.count)
    facets.append(TrialQuery.Facet.allCases.map { $0.values(of: trial) })
    var filter = [UInt64](repeating: 0, count: Self.filterWords)
    text[start...].withUnsafeBufferPointer { text in
      for index in text.indices.dropLast() {
        let pair = Self.bit(text[index], text[index + 1], nil)
        filter[pair / 64] |= 1 << (pair % 64)
        guard index + 2 < text.count else { continue }
        let triple = Self.bit(text[index], text[index + 1], text[index + 2])
        filter[triple / 64] |= 1 << (triple % 64)
      }
    }
    filters += filter
  }

  private static func bit(_ a: UInt8, _ b: UInt8, _ c: UInt8?) -> Int {
    let key = UInt32(a) | UInt32(b) << 8 | (c.map { UInt32($0) } ?? 256) << 16
    return Int((key &* 0x9E37_79B1) >> 19)
  }

  /// The bits that a text must have whose filter lets a word through.
  private static func bits(of word: [UInt8]) -> [Int] {
    guard word.count >= 2 else { return [] }
    guard word.count >= 3 else { return [bit(word[0], word[1], nil)] }
    return (0..<word.count - 2).map { bit(word[$0], word[$0 + 1], word[$0 + 2]) }
  }

  /// The positions of the trials that fit a query, in order; all of them for an empty query.
  ///
  /// All that ``TrialRecord/sections`` shows is searched, and the short title.
  public func matching(_ query: TrialQuery) -> [Int] {
    let words = query.words.map { (word: $0, bits: Self.bits(of: $0.folded)) }
    return ends.indices.filter { trial in
      for condition in query.conditions {
        let position = TrialQuery.Facet.allCases.firstIndex(of: condition.facet) ?? 0
        let fits = facets[trial][position].contains { value in
          condition.values.contains { condition.facet.fits(value, $0) }
        }
        if fits == condition.isExcluded { return false }
      }
      return words.allSatisfy { word, bits in
        holds(word.folded, bits, trial) != word.isExcluded
      }
    }
  }

  private func holds(_ word: [UInt8], _ bits: [Int], _ trial: Int) -> Bool {
    let filter = trial * Self.filterWords
    for bit in bits where filters[filter + bit / 64] & (1 << (bit % 64)) == 0 { return false }
    let start = trial == 0 ? 0 : ends[trial - 1]
    return text.position(of: word, in: start..<ends[trial]) != nil
  }
}
