import Testing

@testable import Quantities

@Suite struct UnitSpellingTests {
  @Test(arguments: UnitRow.spellings.filter { !$0.fields[1].isEmpty && $0.fields[2].isEmpty })
  func reads(_ row: UnitRow) throws {
    #expect(try Unit(spelling: row.fields[0]).code == row.fields[1])
  }

  @Test(arguments: UnitRow.spellings.filter { $0.fields[1].isEmpty })
  func refuses(_ row: UnitRow) {
    #expect(throws: UnitError.self) { try Unit(spelling: row.fields[0]) }
  }

  @Test(arguments: UnitRow.spellings.filter { !$0.fields[2].isEmpty })
  func namesWhatItCouldBe(_ row: UnitRow) throws {
    #expect {
      _ = try Unit(spelling: row.fields[0])
    } throws: { error in
      "\(error)".contains("can mean \(row.fields[1]) or \(row.fields[2])")
    }
    // Where it is known what is measured, and only one of them fits.
    let units = try row.fields[1...].map { try Unit(ucum: $0) }
    if !units[0].converts(to: units[1]) {
      for unit in units { #expect(try Unit(spelling: row.fields[0], measuring: unit) == unit) }
    } else {
      #expect(throws: UnitError.self) { try Unit(spelling: row.fields[0], measuring: units[0]) }
    }
  }

  /// A symbol that is shown can be typed.
  @Test(arguments: UnitRow.spellings.filter { !$0.fields[1].isEmpty && $0.fields[2].isEmpty })
  func readsItsOwnSymbols(_ row: UnitRow) throws {
    let unit = try Unit(ucum: row.fields[1])
    // Capitals in square brackets are UCUM's own way out of what is unclear.
    guard unit != .one, unit.code != "M[IU]" else { return }
    let read = try Unit(spelling: unit.symbol, measuring: unit)
    #expect(read.dimension == unit.dimension)
    #expect(read.scale == unit.scale)
    if let name = unit.annotation, ["BUN", "urea"].contains(name) {
      #expect(read.annotation == name)
    }
  }

  @Test(arguments: [
    ("IU/L", "U/L", "U/L"), ("[IU]/L", "U/L", "U/L"), ("[iU]/L", "U/L", "U/L"),
    ("IU/mL", "U/L", "U/mL"), ("k[IU]/L", "U/L", "kU/L"), ("[IU]/L", "ukat/L", "U/L"),
    ("IU/L", "[IU]/mL", "[IU]/L"), ("[IU]/L", "[IU]/mL", "[IU]/L"), ("U/L", "[IU]/mL", "U/L"),
    ("[IU]/L", "g/L", "[IU]/L"), ("IU/L", "g/L", "U/L"), ("MM", "umol/L", "mmol/L"),
    ("MM", "cm", "mm"), ("gr", "kg", "?"), ("gr", "m", "?"), ("st", "kg", "[stone_av]"),
    ("M", "cm", "m"), ("G/L", "g/dL", "g/L"), ("G/L", "10*3/uL", "10*9/L"),
    ("g/l", "10*3/uL", "g/L"), ("G/l", "g/dL", "10*9/L"), ("°F", "Cel", "[degF]"),
    ("mg/dL", "umol/L", "mg/dL"),
  ])
  func knowsWhatIsMeasured(text: String, expected: String, code: String) throws {
    let read = try? Unit(spelling: text, measuring: Unit(ucum: expected))
    #expect(read?.code ?? "?" == code)
  }

  @Test func substancesDecide() throws {
    let creatinine = try Unit(ucum: "umol/L")
    #expect(throws: UnitError.self) {
      try Unit(spelling: "Mg/dL", measuring: creatinine, as: [.creatinine])
    }
    let mass = try Unit(ucum: "mg/dL")
    #expect(try Unit(spelling: "MM", measuring: mass, as: [.lactate]).code == "mmol/L")
    #expect(throws: UnitError.self) { try Unit(spelling: "MM", measuring: mass) }
  }

  /// A code of the laboratory is read as itself, in whatever case it is where there is no other.
  @Test(arguments: [
    "umol/L", "mg/dL", "g/L", "g/dL", "ng/mL", "ug/L", "pg/mL", "mmol/L", "meq/L", "mosm/kg",
    "kU/L",
    "U/L", "mL/h", "mL/d", "ug/kg/min", "kg", "cm", "mm/h", "fL", "pg", "%", "kPa", "min", "wk",
  ])
  func caseIsFreeWhereItSaysNothing(code: String) throws {
    let unit = try Unit(ucum: code)
    for text in [code, code.lowercased(), code.uppercased()] where text != "G/L" {
      let read = try Unit(spelling: text)
      #expect(read.code == unit.code, "\(text)")
    }
  }
}
