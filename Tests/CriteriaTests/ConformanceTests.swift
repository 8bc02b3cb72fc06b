import Foundation
import TestSupport
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
    guard let data = try? Data(contentsOf: Corpus.cql.url) else { return [] }
    return (try? JSONDecoder().decode(Suite.self, from: data))?.tests ?? []
  }()
}

@Suite(.enabled(if: Corpus.cql.isPresent, Corpus.absent))
struct ConformanceTests {
  @Test(arguments: CQLCase.all)
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

  @Test
  func suiteIsWhole() {
    #expect(CQLCase.all.count == 297)
  }
}
