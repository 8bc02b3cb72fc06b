/// A unit of measurement, written in UCUM's case-sensitive code.
///
/// The subset of The Unified Code for Units of Measure (version 2.1) that laboratory values, doses
/// and durations need: products, quotients, integer powers, annotations in braces, the metric
/// prefixes, and the atoms that laboratories use.
public struct Unit: Hashable, Sendable {
  // Units are handed about with every number; one of them is one reference.
  private final class Definition: Sendable {
    let code: String
    let dimension: Dimension
    let scale: Scale
    let annotation: String?
    let symbol: String

    init(_ code: String, _ dimension: Dimension, _ scale: Scale, _ annotation: String?) {
      self.code = code
      self.dimension = dimension
      self.scale = scale
      self.annotation = annotation
      symbol = Unit.symbol(of: code, annotation)
    }
  }

  private let definition: Definition

  /// The UCUM code, as it was written: `umol/L`, `10*9/L`, `mg/dL{BUN}`.
  public var code: String { definition.code }
  /// What is measured, as powers of base dimensions.
  public var dimension: Dimension { definition.dimension }
  /// How many of the coherent unit of ``dimension`` make one of this.
  public var scale: Scale { definition.scale }
  /// The text in braces, where the unit carries one: what is counted (`BUN` in `mg/dL{BUN}`).
  public var annotation: String? { definition.annotation }
  /// The unit as people read it: `µmol/L`, `mg/dL BUN`, `10⁹/L`, `mmHg`; empty for a pure number.
  public var symbol: String { definition.symbol }

  /// The pure number.
  public static let one = Unit(code: "1", dimension: Dimension(), scale: .one, annotation: nil)

  /// Reads a UCUM code.
  ///
  /// - Throws: ``UnitError`` where a part of the code is not in the subset, with that part and, for
  ///   a wrong case or a usual misspelling, what would be right.
  public init(ucum code: String) throws(UnitError) {
    var reader = UnitReader(code)
    self = try reader.unit()
  }

  init(code: String, dimension: Dimension, scale: Scale, annotation: String?) {
    definition = Definition(code, dimension, scale, annotation)
  }

  /// Two units are the same where they are written in the same way.
  public static func == (a: Unit, b: Unit) -> Bool {
    a.definition === b.definition
      || a.code == b.code && a.scale == b.scale && a.dimension == b.dimension
        && a.annotation == b.annotation
  }

  /// Hashes the code.
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }

  /// Reads a unit as people write it (`µmol/l`, `mg/dl`, `mmHg`, `10^9/L`, `K/uL`, `years`).
  ///
  /// - Throws: ``UnitError`` where it is neither a known spelling nor a UCUM code.
  public init(spelling: String) throws(UnitError) {
    let text = String(
      spelling.compactMap { character -> Character? in
        switch character {
        case "µ", "μ": "u"
        case " ", "\u{a0}": nil
        case "×": nil
        default: character
        }
      })
    if let code = Self.spellings[text.lowercased()] {
      try self.init(ucum: code)
    } else {
      try self.init(ucum: text)
    }
  }

  /// Usual spellings in lower case, without spaces, and the code that they mean.
  private static let spellings: [String: String] = [
    "umol/l": "umol/L", "mmol/l": "mmol/L", "mol/l": "mol/L", "nmol/l": "nmol/L",
    "umol/l/d": "umol/L/d", "umol/l/day": "umol/L/d", "mg/dl/d": "mg/dL/d",
    "mg/dl/day": "mg/dL/d",
    "mg/dl": "mg/dL", "g/dl": "g/dL", "g/l": "g/L", "mg/l": "mg/L", "ug/dl": "ug/dL",
    "ug/l": "ug/L", "ng/ml": "ng/mL", "mg/dl{urea}": "mg/dL{urea}", "mg/dl{bun}": "mg/dL{BUN}",
    "mg/dlurea": "mg/dL{urea}", "mg/dlbun": "mg/dL{BUN}",
    "meq/l": "meq/L", "u/l": "U/L", "iu/l": "U/L", "iu/ml": "[IU]/mL", "[iu]/ml": "[IU]/mL",
    "mmhg": "mm[Hg]", "mm[hg]": "mm[Hg]", "kpa": "kPa",
    "10^9/l": "10*9/L", "10*9/l": "10*9/L", "10e9/l": "10*9/L", "109/l": "10*9/L",
    "g/l{count}": "10*9/L", "10⁹/l": "10*9/L",
    "10^3/ul": "10*3/uL", "10*3/ul": "10*3/uL", "10e3/ul": "10*3/uL", "10³/ul": "10*3/uL",
    "k/ul": "10*3/uL", "/ul": "/uL",
    "a": "a", "y": "a", "yr": "a", "yrs": "a", "year": "a", "years": "a",
    "month": "mo", "months": "mo", "week": "wk", "weeks": "wk", "day": "d", "days": "d",
    "hour": "h", "hours": "h", "hr": "h", "minute": "min", "minutes": "min",
    "s": "s", "sec": "s", "second": "s", "seconds": "s",
    "percent": "%", "fraction": "1", "{inr}": "1", "ratio": "1", "ml/d": "mL/d", "ml/day": "mL/d",
    "mg/d": "mg/d", "mg/day": "mg/d", "ml": "mL", "c": "Cel", "°c": "Cel",
  ]

  private static func symbol(of code: String, _ annotation: String?) -> String {
    if let word = ["1": "", "a": "years", "mo": "months", "wk": "weeks", "d": "days"][code] {
      return word
    }
    var text = code
    if let annotation {
      text.replace("{\(annotation)}", with: text.hasPrefix("{") ? annotation : " \(annotation)")
    }
    let usual = [
      ("[Hg]", "Hg"), ("10*9", "10⁹"), ("10*3", "10³"), ("umol", "µmol"), ("ug", "µg"),
      ("uL", "µL"), ("[IU]", "IU"), ("Cel", "°C"),
    ]
    // Units are read when the program starts, most have none of them, and replacing is slow.
    for (ucum, usual) in usual where text.utf8.holds(ucum.utf8) { text.replace(ucum, with: usual) }
    return text
  }
}

extension Unit: CustomStringConvertible {
  /// The UCUM code.
  public var description: String { code }
}

/// Why a text is not a unit.
public struct UnitError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The whole text.
  public let code: String
  /// What is wrong, and what would be right where that is known.
  public let description: String

  init(_ code: String, _ reason: String) {
    self.code = code
    description = reason
  }
}

/// Powers of the base dimensions: length, mass, time, temperature, amount of substance, and the
/// arbitrary ones that convert into nothing else (international units, and whatever stands in
/// square brackets).
public struct Dimension: Hashable, Sendable {
  var length = 0
  var mass = 0
  var time = 0
  var temperature = 0
  var amount = 0
  var arbitrary: [String: Int] = [:]

  /// The dimension of a pure number.
  public init() {}

  /// Mass per volume, as of `mg/dL`.
  public static let massConcentration = Dimension(length: -3, mass: 1)
  /// Amount of substance per volume, as of `umol/L`.
  public static let amountConcentration = Dimension(length: -3, amount: 1)
  /// A duration.
  public static let duration = Dimension(time: 1)

  init(length: Int = 0, mass: Int = 0, time: Int = 0, temperature: Int = 0, amount: Int = 0) {
    self.length = length
    self.mass = mass
    self.time = time
    self.temperature = temperature
    self.amount = amount
  }

  /// The dimension of a product.
  public func times(_ other: Dimension, power: Int = 1) -> Dimension {
    var result = self
    result.length += other.length * power
    result.mass += other.mass * power
    result.time += other.time * power
    result.temperature += other.temperature * power
    result.amount += other.amount * power
    for (unit, count) in other.arbitrary {
      let sum = (result.arbitrary[unit] ?? 0) + count * power
      result.arbitrary[unit] = sum == 0 ? nil : sum
    }
    return result
  }

  /// Whether this is the dimension of a pure number.
  public var isNumber: Bool { self == Dimension() }
}

/// An exact positive factor: a fraction times a power of ten.
public struct Scale: Hashable, Sendable {
  let numerator: Int
  let denominator: Int
  let exponent: Int

  /// One.
  public static let one = Scale(1)

  /// `numerator ÷ denominator × 10^exponent`; both must be above zero.
  public init(_ numerator: Int, over denominator: Int = 1, exponent: Int = 0) {
    precondition(numerator > 0 && denominator > 0, "a scale is above zero")
    var (n, d, e) = (numerator, denominator, exponent)
    let common = Self.greatestCommonDivisor(n, d)
    (n, d) = (n / common, d / common)
    while n % 10 == 0 { (n, e) = (n / 10, e + 1) }
    while d % 10 == 0 { (d, e) = (d / 10, e - 1) }
    (self.numerator, self.denominator, self.exponent) = (n, d, e)
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }

  /// The product with a power of another; `nil` where it has too many digits.
  public func times(_ other: Scale, power: Int = 1) -> Scale? {
    var result = self
    for _ in 0..<abs(power) {
      let (up, down) =
        power > 0 ? (other.numerator, other.denominator) : (other.denominator, other.numerator)
      // Shortened crosswise first, so that what can be exact stays small.
      let first = Self.greatestCommonDivisor(result.numerator, down)
      let second = Self.greatestCommonDivisor(up, result.denominator)
      let (numerator, a) = (result.numerator / first).multipliedReportingOverflow(by: up / second)
      let (denominator, b) = (result.denominator / second)
        .multipliedReportingOverflow(by: down / first)
      guard !a, !b else { return nil }
      result = Scale(
        numerator, over: denominator,
        exponent: power > 0 ? result.exponent + other.exponent : result.exponent - other.exponent)
    }
    return result
  }

  /// A value multiplied by this, to eight places; `nil` where the result is out of range.
  public func applied(to value: FixedDecimal) -> FixedDecimal? {
    var up = Int128(numerator)
    var down = Int128(denominator)
    guard abs(exponent) <= 24 else { return value == .zero ? .zero : nil }
    for _ in 0..<abs(exponent) {
      let (next, overflow) = (exponent > 0 ? up : down).multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      if exponent > 0 { up = next } else { down = next }
    }
    return FixedDecimal.scaling(value.scaled, by: up, over: down)
  }

  /// The factor as a binary number.
  public var double: Double {
    var power = 1.0
    for _ in 0..<abs(exponent) { power *= 10 }
    let fraction = Double(numerator) / Double(denominator)
    return exponent >= 0 ? fraction * power : fraction / power
  }
}

extension Unit {
  /// The unit of a product; `nil` where its code would be too long or its factor too large.
  public func times(_ other: Unit) -> Unit? {
    if other.code == "1" { return self }
    if code == "1" { return other }
    return try? Unit(ucum: other.code.hasPrefix("/") ? code + other.code : "\(code).\(other.code)")
  }

  /// The unit of a quotient; `nil` where its code would be too long or its factor too large.
  public func divided(by other: Unit) -> Unit? {
    if other.code == "1" { return self }
    var inBraces = false
    let inverse = other.code.map { character -> Character in
      switch character {
      case "{": inBraces = true
      case "}": inBraces = false
      case "." where !inBraces: return "/"
      case "/" where !inBraces: return "."
      default: break
      }
      return character
    }
    let start = code == "1" ? "" : code
    guard inverse.first == "." else { return try? Unit(ucum: "\(start)/\(String(inverse))") }
    let rest = String(inverse.dropFirst())
    return try? Unit(ucum: start.isEmpty ? rest : "\(start).\(rest)")
  }
}

/// Reads a UCUM code from left to right.
private struct UnitReader {
  let code: String
  var rest: Substring
  var annotation: String?

  init(_ code: String) {
    self.code = code
    rest = code[...]
  }

  mutating func unit() throws(UnitError) -> Unit {
    guard !rest.isEmpty else { throw UnitError(code, "a unit is missing; a pure number is '1'") }
    guard code.utf8.count <= 64 else {
      throw UnitError("\(code.prefix(64))…", "a unit has at most 64 characters")
    }
    let (dimension, scale) = try term()
    guard rest.isEmpty else { throw UnitError(code, "'\(rest)' in the unit '\(code)' is not UCUM") }
    return Unit(code: code, dimension: dimension, scale: scale, annotation: annotation)
  }

  mutating func term() throws(UnitError) -> (Dimension, Scale) {
    var dimension = Dimension()
    var scale = Scale.one
    var power = 1
    if rest.first == "/" {
      power = -1
      rest.removeFirst()
    }
    while true {
      let (d, s) = try component()
      dimension = dimension.times(d, power: power)
      guard let product = scale.times(s, power: power) else { throw tooLarge }
      scale = product
      switch rest.first {
      case ".": power = 1
      case "/": power = -1
      default: return (dimension, scale)
      }
      rest.removeFirst()
    }
  }

  mutating func component() throws(UnitError) -> (Dimension, Scale) {
    if rest.first == "{" {
      try annotate()
      return (Dimension(), .one)
    }
    let word = rest.prefix { !"./{}".contains($0) }
    rest = rest.dropFirst(word.count)
    if rest.first == "{" { try annotate() }
    guard !word.isEmpty else { throw UnitError(code, "the unit '\(code)' ends too early") }
    if let ten = try powerOfTen(word) { return ten }
    if let whole = Int(word) {
      guard whole > 0, whole < 1_000_000 else {
        throw UnitError(code, "the factor \(word) in the unit '\(code)' is out of range")
      }
      return (Dimension(), Scale(whole))
    }
    let (symbol, exponent) = split(word)
    guard let atom = UnitAtom.find(symbol) else {
      let hint = UnitAtom.near(symbol).map { "; did you mean '\($0)'?" } ?? ""
      throw UnitError(code, "'\(symbol)' is not a unit that is known here\(hint)")
    }
    guard abs(exponent) <= 4 else {
      throw UnitError(code, "the power in '\(word)' is out of range")
    }
    guard let scale = Scale.one.times(atom.scale, power: exponent) else { throw tooLarge }
    return (Dimension().times(atom.dimension, power: exponent), scale)
  }

  var tooLarge: UnitError {
    UnitError(code, "the unit '\(code)' differs from the coherent one by too large a factor")
  }

  mutating func annotate() throws(UnitError) {
    guard let end = rest.firstIndex(of: "}") else {
      throw UnitError(code, "the brace in the unit '\(code)' is not closed")
    }
    let text = rest[rest.index(after: rest.startIndex)..<end]
    guard text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
      throw UnitError(code, "an annotation holds printable ASCII only")
    }
    annotation = String(text)
    rest = rest[rest.index(after: end)...]
  }

  /// `10*9` and `10^9`.
  func powerOfTen(_ word: Substring) throws(UnitError) -> (Dimension, Scale)? {
    guard word.hasPrefix("10*") || word.hasPrefix("10^") else { return nil }
    guard let exponent = Int(word.dropFirst(3)), abs(exponent) <= 15 else {
      throw UnitError(code, "'\(word)' needs a whole power, such as 10*9")
    }
    return (Dimension(), Scale(1, exponent: exponent))
  }

  /// The letters of a unit and the power that follows them: `cm2` is `cm` and 2.
  func split(_ word: Substring) -> (symbol: Substring, exponent: Int) {
    let digits = word.reversed().prefix { $0.isNumber }.count
    guard digits > 0, digits < word.count, let power = Int(word.suffix(digits)) else {
      return (word, 1)
    }
    var symbol = word.dropLast(digits)
    guard let sign = symbol.last, "+-".contains(sign) else { return (symbol, power) }
    symbol.removeLast()
    return (symbol, sign == "-" ? -power : power)
  }
}

/// A unit that is not made of others, and whether it takes metric prefixes.
struct UnitAtom {
  let dimension: Dimension
  let scale: Scale
  let isMetric: Bool

  init(_ dimension: Dimension, _ scale: Scale = .one, metric: Bool = false) {
    self.dimension = dimension
    self.scale = scale
    isMetric = metric
  }

  /// UCUM tables 1 to 4.
  ///
  /// Coherent units: metre, gram, second, kelvin, mole.
  /// A month is 30.4375 days and a year 365.25 days, the mean Julian ones of UCUM (mo_j, a_j).
  static let all: [String: UnitAtom] = [
    "m": UnitAtom(Dimension(length: 1), metric: true),
    "g": UnitAtom(Dimension(mass: 1), metric: true),
    "s": UnitAtom(.duration, metric: true),
    "K": UnitAtom(Dimension(temperature: 1), metric: true),
    // Differences only: nothing converts a temperature here.
    "Cel": UnitAtom(Dimension(temperature: 1)),
    "mol": UnitAtom(Dimension(amount: 1), metric: true),
    "eq": UnitAtom(Dimension(amount: 1), metric: true),
    "L": UnitAtom(Dimension(length: 3), Scale(1, exponent: -3), metric: true),
    "l": UnitAtom(Dimension(length: 3), Scale(1, exponent: -3), metric: true),
    "min": UnitAtom(.duration, Scale(60)),
    "h": UnitAtom(.duration, Scale(3600)),
    "d": UnitAtom(.duration, Scale(86_400)),
    "wk": UnitAtom(.duration, Scale(604_800)),
    "mo": UnitAtom(.duration, Scale(2_629_800)),
    "a": UnitAtom(.duration, Scale(31_557_600)),
    "Pa": UnitAtom(Dimension(length: -1, mass: 1, time: -2), Scale(1, exponent: 3), metric: true),
    // UCUM: 133.3220 kPa a metre of mercury.
    "m[Hg]": UnitAtom(
      Dimension(length: -1, mass: 1, time: -2), Scale(133_322, exponent: 3), metric: true),
    "U": UnitAtom(Dimension(time: -1, amount: 1), Scale(1, over: 60, exponent: -6), metric: true),
    "kat": UnitAtom(Dimension(time: -1, amount: 1), metric: true),
    "%": UnitAtom(Dimension(), Scale(1, exponent: -2)),
    "[lb_av]": UnitAtom(Dimension(mass: 1), Scale(45_359_237, exponent: -5)),
    "[in_i]": UnitAtom(Dimension(length: 1), Scale(254, exponent: -4)),
  ]

  /// UCUM table 1, the prefixes from atto to exa that occur in medicine.
  static let prefixes: [Character: Int] = [
    "k": 3, "h": 2, "d": -1, "c": -2, "m": -3, "u": -6, "n": -9, "p": -12, "f": -15, "M": 6,
    "G": 9,
  ]

  static func find(_ symbol: Substring) -> UnitAtom? {
    if let atom = all[String(symbol)] { return atom }
    if symbol.hasPrefix("["), symbol.hasSuffix("]"), symbol.count > 2 {
      var dimension = Dimension()
      dimension.arbitrary[String(symbol)] = 1
      return UnitAtom(dimension)
    }
    guard let first = symbol.first, let power = prefixes[first],
      let atom = all[String(symbol.dropFirst())], atom.isMetric
    else {
      if symbol.hasPrefix("k") || symbol.hasPrefix("m"), symbol.dropFirst() == "[IU]" {
        return find(symbol.dropFirst()).map {
          UnitAtom($0.dimension, Scale(1, exponent: symbol.hasPrefix("k") ? 3 : -3))
        }
      }
      return nil
    }
    return UnitAtom(
      atom.dimension,
      Scale(
        atom.scale.numerator, over: atom.scale.denominator, exponent: atom.scale.exponent + power))
  }

  /// The right code for one that differs in its case or is spelled as people do.
  static func near(_ symbol: Substring) -> String? {
    let wanted = symbol.lowercased()
    let usual = [
      "mmhg": "mm[Hg]", "year": "a", "years": "a", "month": "mo", "months": "mo", "week": "wk",
      "weeks": "wk", "day": "d", "days": "d", "iu": "[IU]", "umol": "umol", "mmol": "mmol",
      "sec": "s", "hour": "h", "hours": "h",
    ]
    if let code = usual[wanted] { return code }
    for atom in all.keys.sorted() {
      if atom.lowercased() == wanted { return atom }
      for prefix in prefixes.keys.sorted() where all[atom]?.isMetric == true {
        if (String(prefix) + atom).lowercased() == wanted { return String(prefix) + atom }
      }
    }
    return nil
  }
}

extension String.UTF8View {
  /// Whether a part occurs in it.
  fileprivate func holds(_ part: String.UTF8View) -> Bool {
    var rest = self[...]
    while rest.count >= part.count {
      if rest.starts(with: part) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
