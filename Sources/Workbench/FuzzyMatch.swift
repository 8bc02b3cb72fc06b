/// How well words that were typed fit a text, and where they stand in it.
struct FuzzyMatch: Hashable, Sendable {
  /// More is better.
  let score: Int
  /// The places in the text, counted in characters.
  let ranges: [Range<Int>]

  /// Nothing where one of the words fits neither the text nor the other one.
  ///
  /// A word fits where it stands at the beginning of a word (best), inside of one, where its letters
  /// begin words that follow one another (`gts` for *Go to Scores*), or where they stand close
  /// together in their order, with one or two missing (`swtch`).
  /// - Parameters:
  ///   - query: What was typed.
  ///   - text: What is shown.
  ///   - other: What is found too but not shown, at half the score.
  init?(_ query: String, in text: String, or other: String = "") {
    let letters = Self.letters(of: text)
    let others = Self.letters(of: other)
    var score = 0
    var ranges: [Range<Int>] = []
    for word in query.split(separator: " ") {
      let wanted = Self.letters(of: String(word))
      if let best = Self.best(wanted, in: letters) {
        score += best.score
        ranges += best.ranges
      } else if let best = Self.best(wanted, in: others) {
        score += best.score / 2
      } else {
        return nil
      }
    }
    self.score = score
    self.ranges = ranges
  }

  private static func letters(of text: String) -> [Character] {
    // A letter whose small form is two letters stays as it is, so that places are the same.
    text.map { letter in
      let small = letter.lowercased()
      return small.count == 1 ? Character(small) : letter
    }
  }

  private static func best(_ wanted: [Character], in text: [Character])
    -> (score: Int, ranges: [Range<Int>])?
  {
    guard !wanted.isEmpty, wanted.count <= text.count else { return nil }
    let starts = text.indices.filter { index in
      isLetter(text[index]) && (index == 0 || !isLetter(text[index - 1]))
    }
    func stands(at index: Int) -> Bool { text[index...].starts(with: wanted) }
    if let start = starts.first(where: stands) {
      return (100 + wanted.count, [start..<start + wanted.count])
    }
    if let start = text.indices.first(where: stands) {
      return (60 + wanted.count, [start..<start + wanted.count])
    }
    for first in starts.indices {
      let initials = starts[first...].prefix(wanted.count)
      if initials.map({ text[$0] }) == wanted {
        return (50 + wanted.count, initials.map { $0..<$0 + 1 })
      }
    }
    return closest(wanted, in: text, starts)
  }

  /// The letters in their order from the beginning of a word, in at most some more places.
  private static func closest(_ wanted: [Character], in text: [Character], _ starts: [Int])
    -> (score: Int, ranges: [Range<Int>])?
  {
    guard wanted.count > 2 else { return nil }
    var best: [Int]?
    for start in starts where text[start] == wanted[0] {
      var places: [Int] = []
      var index = start
      for letter in wanted {
        guard let place = text[index...].firstIndex(of: letter) else { break }
        places.append(place)
        index = place + 1
      }
      guard places.count == wanted.count, let last = places.last,
        last - start < wanted.count + max(2, wanted.count / 2)
      else { continue }
      if best.map({ last - start < $0[$0.count - 1] - $0[0] }) ?? true { best = places }
    }
    return best.map { (20 + wanted.count, $0.map { $0..<$0 + 1 }) }
  }

  private static func isLetter(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }
}
