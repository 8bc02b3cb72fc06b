import TestSupport
import Testing

@testable import Quantities

@Suite struct ConversionTests {
  private static func convert(
    _ value: String, _ from: String, _ to: String, _ substances: [Substance]
  ) throws -> FixedDecimal {
    let number = try #require(FixedDecimal(value))
    return try Quantity(number, Unit(ucum: from)).converted(to: Unit(ucum: to), as: substances)
      .value
  }

  /// Values on published cut-offs, which must not move off them in either direction.
  @Test(arguments: [
    ("34.2", "umol/L", "2", "mg/dL", [Substance.bilirubin]),
    ("51.3", "umol/L", "3", "mg/dL", [.bilirubin]),
    ("85.5", "umol/L", "5", "mg/dL", [.bilirubin]),
    ("171", "umol/L", "10", "mg/dL", [.bilirubin]),
    ("17.1", "umol/L/d", "1", "mg/dL/d", [.bilirubin]),
    ("132.6", "umol/L", "1.5", "mg/dL", [.creatinine]),
    ("176.8", "umol/L", "2", "mg/dL", [.creatinine]),
    ("309.4", "umol/L", "3.5", "mg/dL", [.creatinine]),
    ("5", "mmol/L", "14", "mg/dL{BUN}", [.urea, .ureaNitrogen]),
    ("10", "mmol/L", "28", "mg/dL{BUN}", [.urea, .ureaNitrogen]),
    ("10", "mmol/L", "60.06", "mg/dL{urea}", [.urea, .ureaNitrogen]),
    ("2", "mmol/L", "18.016", "mg/dL", [.lactate]),
    ("58.7", "umol/L", "100", "ug/dL", [.ammonia]),
    ("35", "g/L", "3.5", "g/dL", []), ("40", "%", "0.4", "1", []),
    ("100", "10*9/L", "100", "10*3/uL", []), ("100", "10*9/L", "100000", "/uL", []),
    ("8", "kPa", "8000", "Pa", []), ("1", "m[Hg]", "133.322", "kPa", []),
    ("4", "wk", "28", "d", []), ("1", "a", "12", "mo", []), ("1", "a", "365.25", "d", []),
    ("140", "mmol/L", "140", "meq/L", []), ("1", "kat/L", "60000000", "U/L", []),
  ])
  func keepsBoundaries(
    one: String, unit: String, other: String, otherUnit: String, substances: [Substance]
  ) throws {
    #expect(try Self.convert(one, unit, otherUnit, substances) == #require(FixedDecimal(other)))
    #expect(try Self.convert(other, otherUnit, unit, substances) == #require(FixedDecimal(one)))
  }

  @Test func roundsToEightPlaces() throws {
    #expect(try Self.convert("60", "mm[Hg]", "kPa", []).description == "7.99932")
    #expect(try Self.convert("8", "kPa", "mm[Hg]", []).description == "60.00510043")
    #expect(try Self.convert("33", "umol/L", "mg/dL", [.bilirubin]).description == "1.92982456")
  }

  @Test(arguments: [
    ("37", "Cel", "98.6", "[degF]"), ("37", "Cel", "310.15", "K"), ("-40", "Cel", "-40", "[degF]"),
    ("0", "K", "-273.15", "Cel"), ("0", "K", "-459.67", "[degF]"), ("32", "[degF]", "0", "Cel"),
    ("80", "[degRe]", "100", "Cel"), ("0", "[degRe]", "273.15", "K"),
    ("37", "Cel", "37000", "mCel"),
    ("37", "Cel{core}", "37", "Cel"), ("100.4", "[degF]", "38", "Cel"),
    ("37", "(Cel)", "558.27", "[degR]"), ("459.67", "[degR]", "0", "[degF]"),
  ])
  func countsTemperaturesFromTheirZero(one: String, unit: String, other: String, otherUnit: String)
    throws
  {
    #expect(try Self.convert(one, unit, otherUnit, []) == #require(FixedDecimal(other)))
    #expect(try Self.convert(other, otherUnit, unit, []) == #require(FixedDecimal(one)))
  }

  @Test(arguments: [
    ("Cel", "K"), ("K", "Cel"), ("Cel", "[degF]"), ("[degF]", "[degR]"), ("[degRe]", "[degF]"),
  ])
  func noFactorConvertsTemperatures(from: String, to: String) throws {
    #expect {
      _ = try Unit(ucum: from).scale(to: Unit(ucum: to))
    } throws: { error in
      (error as? ConversionError)?.reason == .noFactor
    }
    // These two freeze water at zero.
    #expect(try Unit(ucum: "Cel").scale(to: Unit(ucum: "[degRe]")) == Scale(4, over: 5))
    #expect(try Unit(ucum: "Cel").scale(to: Unit(ucum: "mCel")) == Scale(1, exponent: 3))
  }

  @Test func refusesWhatDoesNotFit() throws {
    func reason(_ from: String, _ to: String, _ substances: [Substance]) throws -> String {
      do {
        _ = try Self.convert("1", from, to, substances)
        return "none"
      } catch let error as ConversionError {
        return error.description
      }
    }
    #expect(
      try reason("mg/dL", "mmol/L", [.urea, .ureaNitrogen])
        == "mg/dL does not say what is measured; write mg/dL{urea} or mg/dL{BUN}")
    #expect(
      try reason("mg/dL", "umol/L", [])
        == "mg/dL and umol/L convert only for a named substance")
    #expect(try reason("g/L", "10*9/L", []) == "g/L and 10*9/L measure different things")
    #expect(try reason("[IU]", "g", []) == "[IU] and g measure different things")
    #expect(try reason("[pH]", "mol/L", []) == "[pH] and mol/L measure different things")
    #expect(try reason("B", "Np", []) == "B and Np measure different things")
    #expect(try reason("dB[SPL]", "Pa", []) == "dB[SPL] and Pa measure different things")
    #expect(try reason("[IU]/L", "U/L", []) == "[IU]/L and U/L measure different things")
    #expect(try reason("mmol/L", "10*9/L", []) == "mmol/L and 10*9/L measure different things")
    #expect(try reason("Cel", "m", []) == "Cel and m measure different things")
    let large = try #require(FixedDecimal("9999999999999999999999999999"))
    #expect(throws: ConversionError.self) {
      try Quantity(large, Unit(ucum: "kg")).converted(to: Unit(ucum: "ng"))
    }
  }

  /// Conversions that others computed.
  @Test func agreesWithOthers() throws {
    let rows = try Fixtures.rows("conversions.csv")
    #expect(!rows.isEmpty)
    for row in rows {
      let name = try #require(row["substance"])
      let substances = [Substance.bilirubin, .creatinine, .urea, .ureaNitrogen]
        .filter { $0.name.hasPrefix(name) }
      let (value, unit) = (try #require(row["value"]), try #require(row["unit"]))
      let found = try Self.convert(value, unit, try #require(row["other"]), substances).double
      let expected = try #require(row["expected"].flatMap { Double($0) })
      let tolerance = try #require(row["tolerance"].flatMap { Double($0) })
      #expect(abs(found - expected) <= tolerance + 1e-9, "\(row)")
    }
  }

  @Test func nearestNamesAreTheOnesMeant() {
    let words = ["inr", "creatinine", "totalBilirubin", "totalBilirubinULN", "ast", "alt"]
    #expect(nearestNames(to: "totlBilirubin", among: words).first == "totalBilirubin")
    #expect(nearestNames(to: "creatinin", among: words) == ["creatinine"])
    #expect(nearestNames(to: "total", among: words).contains("totalBilirubinULN"))
    #expect(nearestNames(to: "xyzxyzxyz", among: words).isEmpty)
    #expect(nearestNames(to: "rni", among: words).contains("inr"))
  }
}
