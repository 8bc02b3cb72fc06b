import Quantities

/// What is searched for: words that must all occur, and facets that must all fit.
///
/// `exosome phase:1 country:china -status:withdrawn "third affiliated"`: a minus sign excludes,
/// quotation marks keep words together, commas in a facet are alternatives.
public struct TrialQuery: Hashable, Sendable {
  /// A field that a facet compares.
  public enum Facet: String, CaseIterable, Sendable {
    case id, phase, status, country, city, product, sponsor, condition
  }

  /// What is wrong with a query; it is searched all the same, a facet that is unknown as a word.
  public struct Problem: Hashable, Sendable, CustomStringConvertible {
    /// The part of the query.
    public let part: String
    /// What is wrong, and what would be right.
    public let description: String
  }

  struct Word: Hashable {
    let folded: [UInt8]
    let isExcluded: Bool
  }

  struct Condition: Hashable {
    let facet: Facet
    /// Folded; any of them may fit.
    let values: [String]
    let isExcluded: Bool
  }

  private(set) var words: [Word] = []
  private(set) var conditions: [Condition] = []
  /// What is wrong with the query, in its order.
  public private(set) var problems: [Problem] = []

  /// Whether it asks for nothing, so that everything fits.
  public var isEmpty: Bool { words.isEmpty && conditions.isEmpty }

  /// Reads a query; every text is one.
  public init(_ text: String) {
    for part in Self.parts(of: text) { add(part) }
  }

  private static func parts(of text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var isQuoted = false
    for character in text {
      if character == "\"" {
        isQuoted.toggle()
        // An empty pair of quotes is nothing to look for.
        continue
      }
      if character.isWhitespace, !isQuoted {
        if !part.isEmpty { parts.append(part) }
        part = ""
      } else {
        part.append(character)
      }
    }
    return part.isEmpty ? parts : parts + [part]
  }

  private mutating func add(_ part: String) {
    let isExcluded = part.hasPrefix("-") && part.count > 1
    let body = isExcluded ? part.dropFirst() : part[...]
    if let colon = body.firstIndex(of: ":") {
      let name = body[..<colon].lowercased()
      let value = body[body.index(after: colon)...]
      if let facet = Facet(rawValue: name) {
        add(facet, value, isExcluded: isExcluded, part: part)
        return
      }
      if !name.isEmpty, name.allSatisfy(\.isLetter), !value.hasPrefix("//") {
        let near = nearestNames(to: name, among: Facet.allCases.map(\.rawValue)).first
        let all = Facet.allCases.map(\.rawValue).joined(separator: ", ")
        problems.append(
          Problem(
            part: part,
            description: "there is no facet '\(TextHygiene.visible(name))'; "
              + (near.map { "did you mean '\($0):'?" } ?? "facets are \(all)")))
      }
    }
    let folded = FoldedText.fold(String(body))
    if !folded.isEmpty { words.append(Word(folded: folded, isExcluded: isExcluded)) }
  }

  private mutating func add(
    _ facet: Facet, _ value: Substring, isExcluded: Bool, part: String
  ) {
    let values = value.split(separator: ",").map { facet.folded(String($0)) }
      .filter { !$0.isEmpty }
    // While a value is being typed, nothing of it stands there yet.
    guard !values.isEmpty else { return }
    if let vocabulary = facet.vocabulary {
      for value in values where !vocabulary.contains(where: { $0.hasPrefix(value) }) {
        // One or two letters are near to everything.
        let near = value.count > 2 ? nearestNames(to: value, among: vocabulary).first : nil
        problems.append(
          Problem(
            part: part,
            description: "'\(TextHygiene.visible(value))' is no \(facet.rawValue); "
              + (near.map { "did you mean '\($0)'?" }
                ?? "there are \(vocabulary.joined(separator: ", "))")))
      }
    }
    conditions.append(Condition(facet: facet, values: values, isExcluded: isExcluded))
  }

  /// Where the words of the query occur in a text, in order and without overlaps, for highlighting.
  ///
  /// Values of facets are looked for as well, except those of vocabularies.
  public func ranges(in text: String) -> [Range<String.Index>] {
    let sought =
      words.filter { !$0.isExcluded }.map(\.folded)
      + conditions.filter { !$0.isExcluded && $0.facet.vocabulary == nil }
      .flatMap { $0.values.map { Array($0.utf8) } }
    guard !sought.isEmpty, !text.isEmpty else { return [] }
    let folded = FoldedText(text)
    var found: [Range<Int>] = []
    for needle in sought {
      var start = 0
      while let position = folded.bytes.position(of: needle, from: start) {
        let end = position + needle.count
        let low = folded.origins[position]
        var high = end
        // A letter whose folded form is longer is highlighted whole.
        while high < folded.bytes.count, folded.origins[high] == folded.origins[end - 1] {
          high += 1
        }
        found.append(low..<folded.origins[high])
        start = end
      }
    }
    found.sort { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
    var merged: [Range<Int>] = []
    for range in found {
      if let last = merged.last, range.lowerBound < last.upperBound {
        merged[merged.count - 1] =
          last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    let utf8 = text.utf8
    return merged.map {
      utf8.index(
        utf8.startIndex, offsetBy: $0.lowerBound)..<utf8.index(
          utf8.startIndex, offsetBy: $0.upperBound)
    }
  }
}

extension TrialQuery.Facet {
  /// The words that it may have; `nil` where it compares free text.
  var vocabulary: [String]? {
    switch self {
    case .phase: ["1", "2", "3", "4", "early1", "notapplicable"]
    case .status: TrialRecord.Status.allCases.map { folded($0.rawValue) }
    default: nil
    }
  }

  /// A value as it is compared: folded; a word of a vocabulary also without what parts its words.
  func folded(_ value: String) -> String {
    let folded = String(decoding: FoldedText.fold(value), as: UTF8.self)
    guard self == .phase || self == .status else { return folded }
    let joined = folded.filter { !" _-".contains($0) }
    return self == .phase && joined.hasPrefix("phase") ? String(joined.dropFirst(5)) : joined
  }

  /// The values that a trial has.
  func values(of trial: TrialRecord) -> [String] {
    let values: [String?] =
      switch self {
      case .id: [trial.id, trial.orgStudyId] + trial.secondaryIds
      case .phase: trial.phases.map(\.label)
      case .status: [trial.currentStatus?.value.rawValue]
      case .country: trial.locations.map(\.country)
      case .city: trial.locations.map(\.city)
      case .product: [trial.product?.kind]
      case .sponsor: [trial.leadSponsor?.name] + trial.collaborators.map(\.name)
      case .condition: trial.conditions
      }
    return values.compactMap { $0.map(folded) }
  }

  /// Whether a value of a trial fits one that is asked for, both folded.
  ///
  /// Words of a vocabulary fit from their beginning, so that `recruiting` is not `not yet
  /// recruiting`; other texts anywhere.
  func fits(_ value: String, _ sought: String) -> Bool {
    self == .phase || self == .status
      ? value.hasPrefix(sought)
      : Array(value.utf8).position(of: Array(sought.utf8), from: 0) != nil
  }
}

extension Array<UInt8> {
  /// Where a piece occurs first at or after an index.
  func position(of needle: [UInt8], from start: Int) -> Int? {
    position(of: needle, in: start..<count)
  }

  /// Where a piece occurs first and whole in a range of indices.
  func position(of needle: [UInt8], in range: Range<Int>) -> Int? {
    guard let first = needle.first, let final = needle.last, range.count >= needle.count else {
      return nil
    }
    return withUnsafeBytes { text in
      needle.withUnsafeBytes { needle in
        // The first and the last letter are looked for in 32 places at a time.
        let (firsts, finals) = (SIMD32(repeating: first), SIMD32(repeating: final))
        let reach = needle.count - 1
        let last = range.upperBound - needle.count
        var index = range.lowerBound
        while index <= last {
          if index + reach + 32 <= text.count {
            let starts = text.loadUnaligned(fromByteOffset: index, as: SIMD32<UInt8>.self)
            let stops = text.loadUnaligned(fromByteOffset: index + reach, as: SIMD32<UInt8>.self)
            if !any((starts .== firsts) .& (stops .== finals)) {
              index += 32
              continue
            }
          }
          let end = Swift.min(index + 32, last + 1)
          while index < end {
            if text[index] == first, text[index + reach] == final {
              var length = 1
              while length < reach, text[index + length] == needle[length] { length += 1 }
              if length >= reach { return index }
            }
            index += 1
          }
        }
        return nil
      }
    }
  }
}
