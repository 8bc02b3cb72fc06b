import TestSupport
import Testing

@testable import Quantities

@Suite struct UnitPropertyTests {
  /// Every valid unit of the fixture and every atom.
  private static let units: [Unit] = {
    let codes = UnitRow.codes.filter { !$0.fields[1].isEmpty }.flatMap { $0.fields.prefix(2) }
    let spelt = UnitRow.spellings.map { $0.fields[1] }
    return Set(codes + spelt + UnitAtom.all.map(\.code)).sorted().compactMap {
      try? Unit(ucum: $0)
    }
  }()

  @Test func codesAreReadAgain() throws {
    #expect(Self.units.count > 400)
    for unit in Self.units {
      let again = try Unit(ucum: unit.code)
      #expect(again == unit)
      #expect(again.dimension == unit.dimension)
      #expect(again.scale == unit.scale)
      let wrapped = try Unit(ucum: "(\(unit.code))".replacing("(/", with: "(1/"))
      #expect(wrapped.dimension == unit.dimension)
      #expect(wrapped.scale == unit.scale)
    }
  }

  private static let alike = Dictionary(grouping: units, by: \.dimension).values.filter {
    $0.count > 1
  }

  @Test func whatIsConvertedComesBack() throws {
    let values: [FixedDecimal] = [0, 1, 37, 0.5, 98.6, 123_456.789, -40]
    var numbers = SeededRandom(4)
    var count = 0
    for _ in 0..<5_000 {
      let group = try #require(Self.alike.randomElement(using: &numbers))
      let a = try #require(group.randomElement(using: &numbers))
      let b = try #require(group.randomElement(using: &numbers))
      // What converts differs by more digits than a factor holds.
      guard let ratio = a.scale.times(b.scale, power: -1) else { continue }
      let value = try #require(values.randomElement(using: &numbers))
      guard let there = try? Quantity(value, a).converted(to: b) else { continue }
      let back = try there.converted(to: a)
      // Half a step there, counted in steps here, and half a step here.
      let bound = 0.5e-8 / ratio.double + 0.5e-8
      let off = try #require(back.value.minus(value)).double
      #expect(abs(off) <= bound * 1.001, "\(value) \(a) in \(b)")
      count += 1
    }
    #expect(count > 4_000)
  }

  /// A factor is given only where multiplying by it converts.
  @Test func factorsConvert() throws {
    var numbers = SeededRandom(5)
    var count = 0
    for _ in 0..<5_000 {
      let group = try #require(Self.alike.randomElement(using: &numbers))
      let a = try #require(group.randomElement(using: &numbers))
      let b = try #require(group.randomElement(using: &numbers))
      guard let scale = try? a.scale(to: b) else { continue }
      for value in [0, 1, 37.5] as [FixedDecimal] {
        let converted = try? Quantity(value, a).converted(to: b).value
        #expect(converted == (a == b ? value : scale.applied(to: value)), "\(value) \(a) in \(b)")
      }
      count += 1
    }
    #expect(count > 3_000)
  }

  @Test func productsAndQuotientsMeasureWhatTheyShould() throws {
    var numbers = SeededRandom(1)
    var made = 0
    for _ in 0..<5_000 {
      let a = try #require(Self.units.randomElement(using: &numbers))
      let b = try #require(Self.units.randomElement(using: &numbers))
      for (result, power) in [(a.times(b), 1), (a.divided(by: b), -1)] {
        let scale = a.scale.times(b.scale, power: power)
        guard let result else {
          let isProportional = [a, b].allSatisfy {
            if case .proportional = $0.kind { true } else { false }
          }
          let isShort = a.code.utf8.count + b.code.utf8.count < 60
          // In between a number may be larger than at the end.
          let isEasy = [a, b].allSatisfy {
            $0.scale.numerator < 1 << 30 && $0.scale.denominator < 1 << 30
          }
          #expect(!isProportional || !isShort || !isEasy, "\(a) \(b)")
          continue
        }
        made += 1
        #expect(result.dimension == a.dimension.times(b.dimension, power: power), "\(a) \(b)")
        #expect(result.scale == scale, "\(a) \(b)")
      }
    }
    #expect(made > 5_000)
  }

  @Test func noTextStopsTheReader() throws {
    var numbers = SeededRandom(2)
    let pieces =
      UnitAtom.all.map(\.code) + UnitAtom.prefixes.keys.sorted()
      + [
        ".", "/", "(", ")", "{", "}", "[", "]", "+", "-", "*", "^", "10*", "0", "9", "-9", "99",
        "24h",
        "per", " ", "\u{a0}", "×", "µ", "²", "⁻", "\u{301}", "\0", "\u{1b}", "%", "1.73", "x10^",
        "9223372036854775808", "K", "BUN", "😀",
      ]
    let seeds = UnitRow.codes.map { $0.fields[0] } + UnitRow.spellings.map { $0.fields[0] }
    let expected = try ["umol/L", "U/L", "Cel", "1"].map { try Unit(ucum: $0) }
    var accepted = 0
    for _ in 0..<10_000 {
      var text = try #require(seeds.randomElement(using: &numbers))
      for _ in 0..<Int.random(in: 1...4, using: &numbers) {
        let place = text.indices.randomElement(using: &numbers) ?? text.startIndex
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0 where place < text.endIndex: text.remove(at: place)
        case 1: text += try #require(seeds.randomElement(using: &numbers))
        default:
          text.insert(contentsOf: try #require(pieces.randomElement(using: &numbers)), at: place)
        }
      }
      let measured = try #require(expected.randomElement(using: &numbers))
      let units = [
        try? Unit(ucum: text),
        try? Unit(spelling: text, measuring: measured, as: [.bilirubin, .urea]),
      ]
      for case let unit? in units {
        accepted += 1
        #expect(try Unit(ucum: unit.code) == unit)
        _ = (unit.symbol, unit.times(measured), unit.divided(by: measured))
        for value in [-0.00000001, 9_999_999_999_999] as [FixedDecimal] {
          _ = try? Quantity(value, unit).converted(to: measured, as: [.bilirubin])
          _ = try? Quantity(value, measured).converted(to: unit, as: [.bilirubin])
        }
      }
    }
    #expect(accepted > 500)
  }
}
