import Foundation
import Hepatology
import PatientSupport
import TestSupport
import Testing

/// The table of what each criterion comes to, in `Tests/Fixtures/criteria/by-hand.txt`.
enum CriterionTable {
  /// Values of one variable, with what is known beside.
  struct Row: Sendable, CustomTestStringConvertible {
    let trial: String
    let criterion: String
    let base: [String]
    let variable: String
    let values: [(value: String, expected: String)]
    var testDescription: String { "\(trial) \(criterion) \(variable)" }

    /// The patient with that value, or without the variable for `?`.
    func patient(_ value: String) throws -> Patient {
      // The last one of a name holds, so that a row may change one value of a common base.
      var fields: [String: String] = [:]
      for field in base {
        let parts = field.split(separator: "=", maxSplits: 1).map(String.init)
        fields[parts[0]] = parts[1]
      }
      fields[variable] = value == "?" ? nil : value
      return try PatientSupport.patient(fields.sorted { $0.key < $1.key }.map { "\($0)=\($1)" })
    }
  }

  static let rows: [Row] = {
    guard let text = try? Fixtures.text("criteria/by-hand.txt") else { return [] }
    var rows: [Row] = []
    var shared: [Substring: String] = [:]
    var trial = ""
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("[") {
        trial = String(line.dropFirst().dropLast())
      } else if line.hasPrefix("$"), let equals = line.range(of: " = ") {
        shared[line[..<equals.lowerBound]] = String(line[equals.upperBound...])
      } else {
        rows.append(row(line, of: trial, shared))
      }
    }
    return rows
  }()

  private static func row(_ line: Substring, of trial: String, _ shared: [Substring: String]) -> Row
  {
    let parts = pieces(line, "|")
    let head = parts[0].split(separator: " ", maxSplits: 1)
    let base = head.dropFirst().flatMap { pieces($0, ";") }.flatMap { field in
      shared[Substring(field)].map { pieces($0[...], ";") } ?? [field]
    }
    let values = pieces(parts[2][...], ";").map { entry in
      let sides = pieces(entry[...], ":")
      return (sides[0], sides[1])
    }
    return Row(
      trial: trial, criterion: String(head[0]), base: base, variable: parts[1], values: values)
  }

  private static func pieces(_ text: Substring, _ separator: Character) -> [String] {
    text.split(separator: separator).map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
