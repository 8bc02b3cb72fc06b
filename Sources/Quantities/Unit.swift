/// A unit of measurement, written in UCUM's case-sensitive code.
///
/// The Unified Code for Units of Measure (version 2.1): products, quotients, integer powers, terms in
/// parentheses, annotations in braces, the metric prefixes, and every unit of its tables.
public struct Unit: Hashable, Sendable {
  // Units are handed about with every number; one of them is one reference.
  private final class Definition: Sendable {
    let code: String
    let meaning: UnitMeaning
    let annotation: String?
    let symbol: String

    init(_ code: String, _ meaning: UnitMeaning, _ annotation: String?) {
      self.code = code
      self.meaning = meaning
      self.annotation = annotation
      symbol = Unit.symbol(of: code)
    }
  }

  private let definition: Definition

  /// The UCUM code, as it was written: `umol/L`, `10*9/L`, `mg/dL{BUN}`.
  public var code: String { definition.code }
  /// What is measured, as powers of base dimensions.
  public var dimension: Dimension { definition.meaning.dimension }
  /// How many of the coherent unit of ``dimension`` make one of this.
  ///
  /// Degrees of temperature count from another zero, and pH and decibels are logarithms: for those
  /// it is no factor between numbers.
  public var scale: Scale { definition.meaning.scale }
  /// How a number of this unit relates to one of the coherent unit.
  var kind: UnitMeaning.Kind { definition.meaning.kind }
  /// The text in braces, where the unit carries one: what is counted (`BUN` in `mg/dL{BUN}`).
  public var annotation: String? { definition.annotation }
  /// The unit as people read it: `µmol/L`, `mg/dL BUN`, `10⁹/L`, `mmHg`; empty for a pure number.
  public var symbol: String { definition.symbol }

  /// The pure number.
  public static let one = Unit(code: "1", UnitMeaning(), annotation: nil)

  /// Reads a UCUM code.
  ///
  /// - Throws: ``UnitError`` where a part of the code is not UCUM, with that part and, for a wrong
  ///   case or a usual misspelling, what would be right.
  public init(ucum code: String) throws(UnitError) {
    var reader = UnitReader(code)
    self = try reader.unit()
  }

  init(code: String, _ meaning: UnitMeaning, annotation: String?) {
    definition = Definition(code, meaning, annotation)
  }

  /// Two units are the same where they are written in the same way.
  public static func == (a: Unit, b: Unit) -> Bool {
    a.definition === b.definition || a.code == b.code
  }

  /// Hashes the code.
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }

  /// Reads a unit as people write it: `µmol/l`, `MG/DL`, `mm Hg`, `x10⁹/L`, `K/uL`, `mcg/kg/min`,
  /// `years`.
  ///
  /// Letters may be small or capital where that makes no other unit. Where it does, capitals count:
  /// `G/L` is 10⁹ a litre, `g/l` grams a litre, `M/uL` a million a microlitre. A text that can mean
  /// more than one unit, such as `Mg/dL`, `MM` or `gr`, is refused unless only one of them fits what
  /// is measured.
  ///
  /// `IU/L` is `U/L`, the international unit of enzymes (1 µmol a minute: Enzyme Nomenclature,
  /// International Union of Biochemistry, 1964), unless `[IU]/L` fits what is measured and `U/L` does
  /// not. For what is measured in `U`, the code `[IU]` is read as `U` too; no conversion does so.
  ///
  /// - Parameters:
  ///   - spelling: The text.
  ///   - expected: A unit of what is measured, where that is known.
  ///   - substances: What is measured, where mass converts into amount.
  /// - Throws: ``UnitError`` where it is neither a known spelling nor a UCUM code, or where it can
  ///   mean several units, with their codes.
  public init(
    spelling: String, measuring expected: Unit? = nil, as substances: [Substance] = []
  ) throws(UnitError) {
    var (readings, isSettled) = try UnitSpellings.readings(of: spelling)
    if let expected {
      let fitting = readings.filter { $0.converts(to: expected, as: substances) }
      if fitting.isEmpty, let enzyme = readings[0].asEnzymeUnit, enzyme.converts(to: expected) {
        self = enzyme
        return
      }
      if !fitting.isEmpty { readings = fitting }
    }
    guard isSettled || readings.count == 1 else {
      let codes = readings.map(\.code).joined(separator: " or ")
      throw UnitError(spelling, "'\(spelling)' can mean \(codes); write the one that is meant")
    }
    self = readings[0]
  }

  /// The unit with enzyme units in the place of international ones.
  private var asEnzymeUnit: Unit? {
    let enzyme = code.replacing("[IU]", with: "U").replacing("[iU]", with: "U")
    return enzyme == code ? nil : try? Unit(ucum: enzyme)
  }

  private static func symbol(of code: String) -> String {
    switch code {
    case "1": return ""
    case "a": return "years"
    case "mo": return "months"
    case "wk": return "weeks"
    case "d": return "days"
    default: break
    }
    var result = ""
    var rest = Substring(code).utf8
    var isStart = true
    while let byte = rest.popFirst() {
      let wasStart = isStart
      isStart = false
      switch byte {
      case UInt8(ascii: "{"):
        let name = String(Substring(rest.prefix { $0 != UInt8(ascii: "}") }))
        rest = rest.dropFirst(name.utf8.count + 1)
        if !wasStart, !name.isEmpty { result += " " }
        result += name.replacing("_", with: " ")
      case UInt8(ascii: "["):
        let name = String(Substring(rest.prefix { $0 != UInt8(ascii: "]") }))
        rest = rest.dropFirst(name.utf8.count + 1)
        result += bracketed[name] ?? "[\(name)]"
      case UInt8(ascii: "*"), UInt8(ascii: "^"):
        while let byte = rest.first, let raised = raised(byte) {
          result.append(raised)
          rest = rest.dropFirst()
        }
      case UInt8(ascii: "u") where wasStart && !(rest.first.map(isSeparator) ?? true):
        result += "µ"
      case UInt8(ascii: "C") where wasStart && rest.starts(with: "el".utf8):
        rest = rest.dropFirst(2)
        result += "°C"
      default:
        isStart = isSeparator(byte)
        result.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    return result
  }

  /// What people write for atoms in square brackets.
  private static let bracketed = [
    "Hg": "Hg", "H2O": "H2O", "IU": "IU", "iU": "IU", "pH": "pH", "degF": "°F", "HPF": "HPF",
    "LPF": "LPF",
  ]

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "(")
  }

  private static func raised(_ byte: UInt8) -> Character? {
    switch byte {
    case UInt8(ascii: "-"): "⁻"
    case UInt8(ascii: "+"): "⁺"
    case UInt8(ascii: "0")...UInt8(ascii: "9"): raisedDigits[Int(byte - UInt8(ascii: "0"))]
    default: nil
    }
  }

  private static let raisedDigits: [Character] = [
    "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹",
  ]
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
    // A unit of a foreign file may carry what a terminal would obey.
    description = String(
      String.UnicodeScalarView(
        reason.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator: "\u{fffd}"
          default: scalar
          }
        }))
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
    var depth = 0
    var closing: Character?
    let inverse = other.code.map { character -> Character in
      if let mark = closing {
        if character == mark { closing = nil }
        return character
      }
      switch character {
      case "{": closing = "}"
      case "[": closing = "]"
      case "(": depth += 1
      case ")": depth -= 1
      case "." where depth == 0: return "/"
      case "/" where depth == 0: return "."
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
