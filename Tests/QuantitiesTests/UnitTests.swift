import Testing

@testable import Quantities

@Suite struct UnitTests {
  @Test(arguments: [
    "umol/L", "mg/dL", "mg/dL{BUN}", "10*9/L", "10*3/uL", "/uL", "mm[Hg]", "kPa", "%", "1", "a",
    "mo", "wk", "d", "U/L", "[IU]/mL", "k[IU]/mL", "g/cm3", "{eskimo_kisses}", "umol/L/d",
    "[lb_av]", "m2", "s-1", "Cel",
  ])
  func reads(code: String) throws {
    #expect(try Unit(ucum: code).code == code)
    #expect(try Unit(ucum: code) == Unit(ucum: code))
  }

  @Test(arguments: [
    ("", "a unit is missing"), ("umol/", "ends too early"), ("foo", "'foo' is not a unit"),
    ("UMOL/L", "did you mean 'umol'?"), ("mmHg", "did you mean 'mm[Hg]'?"),
    ("years", "did you mean 'a'?"), ("mg/dL{BUN", "not closed"), ("10*x", "needs a whole power"),
    ("10*99", "needs a whole power"), ("m9", "out of range"), ("0m", "'0m' is not a unit"),
    ("g{µ}", "printable ASCII"), ("[lb_av]4.[lb_av]4", "too large a factor"),
    (String(repeating: "m.", count: 40) + "m", "at most 64 characters"),
  ])
  func refuses(code: String, wanted: String) {
    #expect {
      _ = try Unit(ucum: code)
    } throws: { error in
      "\((error as? UnitError)?.description ?? "")".contains(wanted)
    }
  }

  @Test(arguments: [
    ("µmol/l", "umol/L"), ("μmol/L", "umol/L"), ("mg/dl", "mg/dL"), ("mmHg", "mm[Hg]"),
    ("10^9/L", "10*9/L"), ("x 10^9/L", ""), ("K/uL", "10*3/uL"), ("years", "a"), ("IU/L", "U/L"),
    ("mg/dL BUN", "mg/dL{BUN}"), ("percent", "%"), ("10⁹/L", "10*9/L"), ("weeks", "wk"),
  ])
  func readsWhatPeopleWrite(spelling: String, code: String) {
    #expect((try? Unit(spelling: spelling))?.code ?? "" == code)
  }

  @Test(arguments: [
    ("umol/L", "µmol/L"), ("10*9/L", "10⁹/L"), ("mm[Hg]", "mmHg"), ("mg/dL{BUN}", "mg/dL BUN"),
    ("1", ""), ("/uL", "/µL"),
  ])
  func showsWhatPeopleRead(code: String, symbol: String) throws {
    #expect(try Unit(ucum: code).symbol == symbol)
  }

  @Test func multipliesAndDivides() throws {
    func unit(_ code: String) throws -> Unit { try Unit(ucum: code) }
    for (a, b, product, quotient) in [
      ("mg", "dL", "mg.dL", "mg/dL"), ("umol/L", "d", "umol/L.d", "umol/L/d"),
      ("g", "mg/dL", "g.mg/dL", "g/mg.dL"), ("1", "s", "s", "/s"), ("m", "1", "m", "m"),
      ("g", "/uL", "g/uL", "g.uL"), ("1", "/uL", "/uL", "uL"),
    ] {
      #expect(try unit(a).times(unit(b))?.code == product)
      #expect(try unit(a).divided(by: unit(b))?.code == quotient)
      #expect(
        try unit(a).divided(by: unit(b))?.dimension
          == unit(a).dimension.times(unit(b).dimension, power: -1))
    }
    let long = try unit(String(repeating: "m.", count: 30) + "m")
    #expect(long.times(long) == nil)
  }

  @Test func scalesDoNotTrap() throws {
    #expect(Scale(Int.max).times(Scale(Int.max)) == nil)
    #expect(Scale(3, over: 7).times(Scale(7, over: 3)) == .one)
    #expect(Scale(12, over: 8) == Scale(3, over: 2))
    #expect(Scale(1, exponent: 24).applied(to: 1) == FixedDecimal("1000000000000000000000000"))
    #expect(Scale(1, exponent: 30).applied(to: 1) == nil)
    #expect(Scale(1, exponent: -24).applied(to: 1) == .zero)
    #expect(Scale(Int.max, exponent: 24).applied(to: 1) == nil)
    #expect(Scale(1, over: 4).double == 0.25)
  }
}
