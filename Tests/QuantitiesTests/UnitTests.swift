import Testing

@testable import Quantities

@Suite struct UnitTests {
  @Test func fixturesAreThere() {
    #expect(UnitRow.codes.count > 200)
    #expect(UnitRow.spellings.count > 200)
    for row in UnitRow.codes + UnitRow.spellings { #expect(row.fields.count == 3, "\(row)") }
  }

  @Test(arguments: UnitRow.codes.filter { !$0.fields[1].isEmpty })
  func measures(_ row: UnitRow) throws {
    let unit = try Unit(ucum: row.fields[0])
    #expect(unit.code == row.fields[0])
    let scale = try unit.scale(to: Unit(ucum: row.fields[1]))
    if row.fields[2].hasPrefix("~") {
      let factor = try #require(Double(row.fields[2].dropFirst()))
      #expect(abs(scale.double / factor - 1) < 1e-15)
    } else {
      #expect(scale == Self.factor(row.fields[2]))
    }
  }

  @Test(arguments: UnitRow.codes.filter { $0.fields[1].isEmpty })
  func refuses(_ row: UnitRow) {
    #expect {
      _ = try Unit(ucum: row.fields[0])
    } throws: { error in
      (error as? UnitError).map { $0.description.contains(row.fields[2]) } ?? false
    }
  }

  /// `28.35`, `1/3` or `1.5/2.5`.
  private static func factor(_ text: String) -> Scale? {
    var result: Scale? = .one
    for (part, power) in zip(text.split(separator: "/"), [1, -1]) {
      let decimals = part.split(separator: ".").dropFirst().first?.count ?? 0
      let digits = part.filter { $0 != "." }
      let zeros = digits.reversed().prefix { $0 == "0" }.count
      guard let number = Int(digits.dropLast(zeros)) else { return nil }
      result = result?.times(Scale(number, exponent: zeros - decimals), power: power)
    }
    return result
  }

  @Test func isAtMost64CharactersLong() throws {
    let longest = String(repeating: "m.", count: 31) + "ms"
    #expect(try Unit(ucum: longest).code == longest)
    for code in [longest + "s", String(repeating: "(", count: 1_000_000)] {
      #expect {
        _ = try Unit(ucum: code)
      } throws: { error in
        "\(error)".contains("at most 64 characters")
      }
    }
    #expect(throws: UnitError.self) {
      try Unit(spelling: String(repeating: "x ", count: 1_000_000))
    }
  }

  @Test func errorsCarryNothingThatATerminalObeys() throws {
    for text in ["\u{1b}[31m", "mg/dL\u{202e}", "\u{9b}2J"] {
      #expect {
        _ = try Unit(spelling: text)
      } throws: { error in
        "\(error)".unicodeScalars.allSatisfy {
          ![.control, .format].contains($0.properties.generalCategory)
        }
      }
    }
  }

  @Test(arguments: [
    ("umol/L", "µmol/L"), ("10*9/L", "10⁹/L"), ("10*-3/uL", "10⁻³/µL"), ("mm[Hg]", "mmHg"),
    ("cm[H2O]", "cmH2O"), ("mg/dL{BUN}", "mg/dL BUN"), ("mL/min/{1.73_m2}", "mL/min/1.73 m2"),
    ("{copies}/mL", "copies/mL"), ("1", ""), ("/uL", "/µL"), ("ug/(ug.uL)", "µg/(µg.µL)"),
    ("m[iU]/mL", "mIU/mL"), ("Cel", "°C"), ("[degF]", "°F"), ("[pH]", "pH"), ("u", "u"),
    ("[gal_us]", "[gal_us]"), ("cup", ""), ("a", "years"), ("[lb_av]", "[lb_av]"),
  ])
  func showsWhatPeopleRead(code: String, symbol: String) throws {
    #expect((try? Unit(ucum: code))?.symbol ?? "" == symbol)
  }

  @Test func multipliesAndDivides() throws {
    func unit(_ code: String) throws -> Unit { try Unit(ucum: code) }
    for (a, b, product, quotient) in [
      ("mg", "dL", "mg.dL", "mg/dL"), ("umol/L", "d", "umol/L.d", "umol/L/d"),
      ("g", "mg/dL", "g.mg/dL", "g/mg.dL"), ("1", "s", "s", "/s"), ("m", "1", "m", "m"),
      ("g", "/uL", "g/uL", "g.uL"), ("1", "/uL", "/uL", "uL"),
      ("ug/(kg.min)", "min", "ug/(kg.min).min", "ug/(kg.min)/min"),
      ("min", "ug/(kg.min)", "min.ug/(kg.min)", "min/ug.(kg.min)"),
      ("1", "/(kg.min)", "/(kg.min)", "(kg.min)"), ("1", "(m/s).kg", "(m/s).kg", "/(m/s)/kg"),
      ("g", "mL/{a.b}", "g.mL/{a.b}", "g/mL.{a.b}"),
    ] {
      #expect(try unit(a).times(unit(b))?.code == product)
      #expect(try unit(a).divided(by: unit(b))?.code == quotient)
    }
    let long = try unit(String(repeating: "m.", count: 30) + "m")
    #expect(long.times(long) == nil)
    #expect(try unit("Cel").times(unit("m")) == nil)
    #expect(try unit("Cel").times(.one) == unit("Cel"))
  }

  @Test func scalesDoNotTrap() throws {
    #expect(Scale(Int.max).times(Scale(Int.max)) == nil)
    #expect(Scale(3, over: 7).times(Scale(7, over: 3)) == .one)
    #expect(Scale(12, over: 8) == Scale(3, over: 2))
    #expect(Scale(50, over: 3) == Scale(1, over: 6, exponent: 2))
    #expect(Scale(36525, exponent: -2) == Scale(1461, over: 4))
    #expect(Scale(2, over: 5) == Scale(4, exponent: -1))
    #expect(Scale(5, over: Int.max).double == 5 / Double(Int.max))
    #expect(Scale(1, exponent: 24).applied(to: 1) == FixedDecimal("1000000000000000000000000"))
    #expect(Scale(1, exponent: 30).applied(to: 1) == nil)
    #expect(Scale(1, exponent: -24).applied(to: 1) == .zero)
    #expect(Scale(1, exponent: -99).applied(to: 1) == nil)
    #expect(Scale(1, exponent: 99).applied(to: 0) == .zero)
    #expect(Scale(Int.max, exponent: 24).applied(to: 1) == nil)
    #expect(Scale(1, over: 4).double == 0.25)
  }
}

@Suite struct UnitAtomTests {
  @Test func eachIsDefinedByThoseAboveIt() throws {
    var known: Set<String> = []
    for atom in UnitAtom.all {
      #expect(known.insert(atom.code).inserted, "\(atom.code) stands twice")
      switch atom.definition {
      case .unit(let unit), .degree(_, let unit):
        for symbol in unit.split(whereSeparator: { "./()".contains($0) }) {
          let letters = symbol.reversed().drop { $0.isNumber || $0 == "-" }.reversed()
          let name = String(letters)
          guard !name.isEmpty, !name.hasPrefix("10*") else { continue }
          #expect(
            known.contains(name)
              || (1...2).contains {
                UnitAtom.prefixes[String(name.prefix($0))] != nil
                  && known.contains(String(name.dropFirst($0)))
              }, "\(atom.code) is defined by \(name)")
        }
      case .base, .arbitrary, .function: break
      }
      #expect(try Unit(ucum: atom.code).code == atom.code)
    }
    #expect(known.count > 300)
  }

  /// With a prefix every unit is so many times itself, and none is hidden by another.
  @Test func takePrefixes() throws {
    let codes = Set(UnitAtom.all.map(\.code))
    for atom in UnitAtom.all {
      let unit = try Unit(ucum: atom.code)
      for (prefix, factor) in UnitAtom.prefixes where !codes.contains(prefix + atom.code) {
        guard let prefixed = try? Unit(ucum: prefix + atom.code) else {
          // Constants of many digits leave no room for binary multiples, degrees none for large ones.
          #expect(!atom.isMetric || prefix.count > 1 || atom.code == "Cel", "\(prefix)\(atom.code)")
          continue
        }
        if atom.isMetric { #expect(prefixed.scale == unit.scale.times(factor)) }
      }
    }
    #expect(throws: UnitError.self) { try Unit(ucum: "kmin") }
  }

  /// What is arbitrary or a logarithm converts into itself alone.
  @Test func ownDimensionsStayApart() throws {
    let own = UnitAtom.all.filter {
      switch $0.definition {
      case .arbitrary, .function: true
      case .base, .unit, .degree: false
      }
    }
    #expect(own.count >= 60)
    for a in own {
      let unit = try Unit(ucum: a.code)
      for b in own where b.code != a.code {
        #expect(!unit.converts(to: try Unit(ucum: b.code)), "\(a.code) \(b.code)")
      }
      for other in ["1", "U", "mol/L", "K", "g", "%"] {
        #expect(!unit.converts(to: try Unit(ucum: other)), "\(a.code) \(other)")
      }
    }
  }
}
