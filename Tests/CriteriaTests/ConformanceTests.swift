import Foundation
import Testing

@testable import Criteria

/// A case of the CQL test suite (https://github.com/cqframework/cql-tests).
struct CQLCase: Decodable, CustomTestStringConvertible {
  let file: String
  let name: String
  let expression: String
  let expected: String?
  let invalid: Invalid

  enum Invalid: Decodable, Equatable {
    case no, yes

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      self = (try? container.decode(String.self)) == nil ? .no : .yes
    }
  }

  var testDescription: String { "\(file) \(name): \(expression)" }

  static let all: [CQLCase] = {
    struct Suite: Decodable { let tests: [CQLCase] }
    guard let file = sharedFolder?.appendingPathComponent("corpus/cql-tests.json"),
      let data = try? Data(contentsOf: file)
    else { return [] }
    return (try? JSONDecoder().decode(Suite.self, from: data))?.tests ?? []
  }()
}

@Suite struct ConformanceTests {
  @Test(
    .enabled(if: !CQLCase.all.isEmpty, "shared/corpus/cql-tests.json is not there"),
    arguments: CQLCase.all)
  func conforms(_ test: CQLCase) throws {
    let found: Criteria.Expression
    do {
      found = try expression(test.expression)
    } catch {
      #expect(test.invalid == .yes, "\(error)")
      return
    }
    let result = found.evaluate(Bed())
    // Where the suite states an output for what it marks invalid too, that output is right.
    let wanted = try #require(test.expected, "\(result)")
    let expected = try expression(wanted)
    #expect(result == expected.evaluate(Bed()))
    if expected.type != .any, case .value = result { #expect(found.type == expected.type) }
    #expect(try expression(found.description).syntax == found.syntax)
  }

  @Test(.enabled(if: !CQLCase.all.isEmpty, "shared/corpus/cql-tests.json is not there"))
  func suiteIsWhole() {
    #expect(CQLCase.all.count == 297)
  }
}
