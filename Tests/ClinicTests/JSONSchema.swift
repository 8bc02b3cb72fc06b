import Quantities
import Testing

@testable import Clinic

/// As much of JSON Schema (draft 2020-12) as the schema of patients uses; a keyword that it does not
/// know is a failure, so that no rule is passed over.
struct JSONSchema {
  struct UnknownKeyword: Error {
    let name: String
  }

  private let root: JSONValue

  init(_ root: JSONValue) {
    self.root = root
  }

  /// Where a document breaks a rule, and which; empty where it is valid.
  func faults(of document: JSONValue) throws -> [String] {
    try faults(of: document, root, "$")
  }

  private func faults(of value: JSONValue, _ schema: JSONValue, _ place: String) throws -> [String]
  {
    guard case .object(let rules) = schema else { throw UnknownKeyword(name: "\(schema)") }
    return try rules.flatMap { rule in
      try faults(of: value, rule, schema, place).map { $0.hasPrefix("$") ? $0 : "\(place): \($0)" }
    }
  }

  private func faults(
    of value: JSONValue, _ rule: JSONValue.Member, _ schema: JSONValue, _ place: String
  ) throws -> [String] {
    func unless(_ holds: Bool) -> [String] { holds ? [] : [rule.name] }
    switch (rule.name, value) {
    case ("$schema", _), ("$defs", _), ("title", _), ("description", _): return []
    case ("$ref", _):
      let name = rule.value.string?.split(separator: "/").last.map(String.init) ?? ""
      guard let target = root["$defs"]?[name] else { throw UnknownKeyword(name: name) }
      return try faults(of: value, target, place)
    case ("type", _): return unless(try isOf(type: rule.value.string ?? "", value))
    case ("const", _): return unless(value == rule.value)
    case ("enum", _): return unless(rule.value.items.contains(value))
    case ("oneOf", _):
      let fitting = try rule.value.items.filter { try faults(of: value, $0, place).isEmpty }
      return unless(fitting.count == 1)
    case ("required", .object):
      return unless(rule.value.items.allSatisfy { value[$0.string ?? ""] != nil })
    case ("additionalProperties", .object(let members)):
      guard rule.value == .bool(false) else { throw UnknownKeyword(name: rule.name) }
      return unless(members.allSatisfy { schema["properties"]?[$0.name] != nil })
    case ("properties", .object(let members)):
      return try members.flatMap { member in
        try rule.value[member.name].map {
          try faults(of: member.value, $0, "\(place).\(member.name)")
        } ?? []
      }
    case ("items", .array(let items)):
      return try items.enumerated().flatMap { index, item in
        try faults(of: item, rule.value, "\(place)[\(index)]")
      }
    case ("pattern", .string(let text)):
      return unless(try text.contains(Regex(rule.value.string ?? "")))
    case ("minLength", .string(let text)):
      return unless(text.unicodeScalars.count >= rule.value.whole ?? 0)
    case ("maxLength", .string(let text)):
      return unless(text.unicodeScalars.count <= rule.value.whole ?? 0)
    case ("minimum", .numeral(let text)):
      return unless((Double(text) ?? 0) >= Double(rule.value.whole ?? 0))
    case ("format", .string(let text)):
      switch rule.value.string {
      case "date": return unless(Day(text) != nil)
      case "date-time": return unless(Moment(text)?.minute != nil)
      default: throw UnknownKeyword(name: "format")
      }
    case ("required", _), ("additionalProperties", _), ("properties", _), ("items", _),
      ("pattern", _), ("minLength", _), ("maxLength", _), ("minimum", _), ("format", _):
      return []
    default: throw UnknownKeyword(name: rule.name)
    }
  }

  private func isOf(type: String, _ value: JSONValue) throws -> Bool {
    switch (type, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool): true
    case ("integer", .numeral(let text)): Double(text).map { $0 == $0.rounded() } ?? false
    case ("object", _), ("array", _), ("string", _), ("boolean", _), ("integer", _): false
    default: throw UnknownKeyword(name: type)
    }
  }
}

extension JSONValue {
  /// The same value with one thing changed, once for each thing that can be changed: every value in
  /// it gone, another one, of another type, or with one member more.
  var neighbours: [JSONValue] {
    var made = Self.strangers.filter { $0 != self }
    switch self {
    case .object(let members):
      made.append(.object(members + [Member("stranger", .bool(true))]))
      for (index, member) in members.enumerated() {
        func with(_ changed: [Member]) -> JSONValue {
          .object(members[..<index] + changed + members[(index + 1)...])
        }
        made.append(with([]))
        made += member.value.neighbours.map { with([Member(member.name, $0)]) }
      }
    case .array(let items):
      for (index, item) in items.enumerated() {
        made += item.neighbours.map { .array(items[..<index] + [$0] + items[(index + 1)...]) }
      }
    case .null, .bool, .numeral, .string: break
    }
    return made
  }

  /// The same value, with only the first of those items of an array that have the same names.
  var oneOfEachForm: JSONValue {
    switch self {
    case .object(let members):
      return .object(members.map { Member($0.name, $0.value.oneOfEachForm) })
    case .array(let items):
      var seen: Set<[String]> = []
      return .array(
        items.map(\.oneOfEachForm).filter { item in
          guard case .object(let members) = item else { return true }
          return seen.insert(members.map(\.name)).inserted
        })
    case .null, .bool, .numeral, .string: return self
    }
  }

  private static let strangers: [JSONValue] = [
    .null, .bool(true), .bool(false), .numeral("0"), .numeral("-1"), .numeral("7"),
    .numeral("1.5"), .string(""), .string("x"), .string("2026-13-01"),
    .string(String(repeating: "long", count: 30)), .array([]), .array([.null]), .object([]),
  ]
}
