import Quantities

extension Value {
  /// The value as CQL writes it: `true`, `2.0`, `171 'umol/L'`, `'mild'`, `{ 'hbv', 'alcohol' }`,
  /// `Interval[1, 3]`, `@2026-11-21`.
  ///
  /// An event that never happened or goes on is its word, as CQL has no literal for it.
  ///
  /// - Parameter type: What kind of value it is.
  public func literal(of type: ValueType) -> String {
    switch (self, type) {
    case (.boolean(let flag), _): return flag ? "true" : "false"
    case (.number(let number), .quantity(let unit, _)) where unit.code != "1":
      return "\(number) '\(unit.code)'"
    case (.number(let number), .integer), (.number(let number), .choice): return "\(number)"
    case (.number(let number), _):
      let digits = "\(number)"
      return digits.contains(".") ? digits : "\(digits).0"
    case (.choice(let index), .choice(let options)) where options.all.indices.contains(index):
      return options.all[index].id.literal
    case (.choices(let mask), .choices(let options)):
      let chosen = options.all.indices.filter { mask & (1 << UInt64($0)) != 0 }
      let ids = chosen.map { options.all[$0].id.literal }
      return ids.isEmpty ? "{ }" : "{ \(ids.joined(separator: ", ")) }"
    case (.event(.never), _): return "'never'"
    case (.event(.ongoing), _): return "'ongoing'"
    case (.event(.on(let day)), _): return "@\(day)"
    case (.string(let text), _): return text.literal
    case (.interval(let interval), .interval(let point)):
      func end(_ bound: NumberInterval.Bound?) -> String {
        bound.map { Value.number($0.value).literal(of: point) } ?? "null"
      }
      let open = interval.low?.isIncluded ?? true ? "[" : "("
      let close = interval.high?.isIncluded ?? true ? "]" : ")"
      return "Interval\(open)\(end(interval.low)), \(end(interval.high))\(close)"
    case (.choice, _), (.choices, _), (.interval, _): return "null"
    }
  }
}

extension String {
  /// The text as CQL writes it, in quotation marks.
  var literal: String {
    var text = "'"
    for scalar in unicodeScalars {
      switch scalar {
      case "'": text += "\\'"
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{c}": text += "\\f"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "'"
  }
}
