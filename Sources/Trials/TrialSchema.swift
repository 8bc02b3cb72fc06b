public import Quantities

/// The JSON schema of the file format, for editors that complete and check as one types.
public enum TrialSchema {
  /// The schema in draft 2020-12.
  ///
  /// It says what one value may be; what values mean to each other is checked by ``TrialReader``
  /// alone.
  public static var json: JSONValue {
    let parts = Shape.trial.withParts.dropFirst().sorted { $0.name < $1.name }
    return .object(
      [
        .init("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
        .init("title", .string("Lobule trial record")),
      ] + Shape.trial.schemaMembers + [
        .init("$defs", .object(parts.map { .init($0.name, .object($0.schemaMembers)) }))
      ])
  }
}

extension Shape {
  fileprivate var schemaMembers: [JSONValue.Member] {
    [
      .init("description", .string(meaning)),
      .init("type", .string("object")),
      .init("additionalProperties", .bool(false)),
      .init("required", .strings(fields.filter(\.isRequired).map(\.name))),
      .init("properties", .object(fields.map { .init($0.name, .object($0.schemaMembers)) })),
    ]
  }
}

extension Shape.Field {
  fileprivate var schemaMembers: [JSONValue.Member] {
    [.init("description", .string(meaning))] + kind.schemaMembers
  }
}

extension Shape.Kind {
  fileprivate var schemaMembers: [JSONValue.Member] {
    switch self {
    case .text, .expression: type("string", [.init("minLength", .number(1))])
    // YAML reads a bare number as one; the reader takes it as the text that it is.
    case .identifier:
      type(["string", "integer"], [pattern("^[A-Za-z0-9][A-Za-z0-9./+-]{0,63}$")])
    case .term(let words) where words.contains("true"):
      [
        .init(
          "enum",
          .array(words.map { Bool($0).map { .bool($0) } ?? .string($0) }))
      ]
    case .term(let words): [.init("enum", .strings(words))]
    case .flag: type("boolean")
    case .whole(let range):
      type(
        "integer",
        [
          .init("minimum", .number(range.lowerBound)), .init("maximum", .number(range.upperBound)),
        ])
    case .amount:
      type(
        ["number", "string"],
        [.init("minimum", .number(0)), pattern("^[0-9]*\\.?[0-9]*([eE]-?[0-9]+)?$")])
    case .date: type(["string", "integer"], [pattern("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")])
    case .age: type("string", [pattern("^[0-9]+ ([Yy]ears?|[Mm]onths?|[Ww]eeks?|[Dd]ays?)$")])
    case .link: type("string", [pattern("^https://[^ ]+$")])
    case .list(let item):
      type(
        "array",
        [.init("minItems", .number(1)), .init("items", .object(item.schemaMembers))])
    case .mapping(let shape): [.init("$ref", .string("#/$defs/\(shape.name)"))]
    }
  }

  private func type(_ name: String, _ more: [JSONValue.Member] = []) -> [JSONValue.Member] {
    [.init("type", .string(name))] + more
  }

  private func type(_ names: [String], _ more: [JSONValue.Member]) -> [JSONValue.Member] {
    [.init("type", .strings(names))] + more
  }

  private func pattern(_ expression: String) -> JSONValue.Member {
    .init("pattern", .string(expression))
  }
}
