import Foundation
import TestSupport
import Testing

@testable import Quantities

/// A case of the functional tests of UCUM, by Grahame Grieve and others.
struct SuiteCase: CustomTestStringConvertible, Sendable {
  let section: String
  let attributes: [String: String]
  var testDescription: String {
    attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
  }

  subscript(name: String) -> String { attributes[name] ?? "" }

  static let all: [SuiteCase] = {
    guard
      let text = try? String(contentsOf: Corpus.ucum.url, encoding: .utf8)
    else { return [] }
    var result: [SuiteCase] = []
    var section = ""
    for tag in text.replacing(/<!--(?:.|\n)*?-->/, with: "").matches(of: /<(\w+)([^>]*)>/) {
      if tag.1 != "case" {
        section = String(tag.1)
        continue
      }
      let attributes = tag.2.matches(of: /([\w]+)\s*=\s*"([^"]*)"/).map {
        (String($0.1), String($0.2))
      }
      result.append(
        SuiteCase(
          section: section,
          attributes: Dictionary(attributes) { first, _ in first }))
    }
    return result
  }()

  static func of(_ section: String) -> [SuiteCase] { all.filter { $0.section == section } }
}

@Suite(.enabled(if: Corpus.ucum.isPresent, Corpus.absent))
struct UnitSuiteTests {
  @Test func isWhole() {
    #expect(SuiteCase.of("validation").count > 500)
    #expect(SuiteCase.of("conversion").count == 30)
    #expect(SuiteCase.of("multiplication").count == 2)
    #expect(SuiteCase.of("division").count == 3)
  }

  @Test(arguments: SuiteCase.of("validation"))
  func validates(_ one: SuiteCase) {
    let isValid = (try? Unit(ucum: one["unit"])) != nil
    #expect(isValid == (one["valid"] == "true"))
  }

  @Test(arguments: SuiteCase.of("conversion"))
  func converts(_ one: SuiteCase) throws {
    let value = try #require(Double(one["value"]))
    let scale = try Unit(ucum: one["srcUnit"]).scale(to: Unit(ucum: one["dstUnit"]))
    Self.expect(value * scale.double, one["outcome"])
  }

  @Test(arguments: SuiteCase.of("multiplication") + SuiteCase.of("division"))
  func multipliesAndDivides(_ one: SuiteCase) throws {
    let (a, b) = (try #require(Double(one["v1"])), try #require(Double(one["v2"])))
    let (first, second) = (try Unit(ucum: one["u1"]), try Unit(ucum: one["u2"]))
    let isProduct = one.section == "multiplication"
    let unit = try #require(isProduct ? first.times(second) : first.divided(by: second))
    let wanted = one["uRes"].isEmpty ? .one : try Unit(ucum: one["uRes"])
    let scale = try unit.scale(to: wanted)
    Self.expect((isProduct ? a * b : a / b) * scale.double, one["vRes"])
  }

  /// Equal within half of the last digit that the suite gives.
  private static func expect(_ found: Double, _ text: String) {
    let mantissa = text.prefix { $0 != "e" }
    let digits = mantissa.filter(\.isNumber).drop { $0 == "0" }.count
    let exact = Double(text) ?? .nan
    let power = floor(log10(abs(exact))) - Double(digits - 1)
    let tolerance = max(pow(10, power) / 2, abs(exact) * 1e-14)
    #expect(abs(found - exact) <= tolerance * 1.000001, "\(found) is not \(text)")
  }
}
