extension StringProtocol {
  /// The displayable text in ASCII characters, spelled so that it means the same when it is read
  /// aloud: `>=` for `≥`, `10^9` for `10⁹`, words in place of marks.
  ///
  /// It may be longer than the text; what has no spelling becomes `?`.
  public var plain: String {
    let text = displayable.replacing(" · ", with: ", ")
    var result = ""
    var isRaised = false
    for scalar in text.unicodeScalars {
      guard !scalar.isASCII else {
        result.unicodeScalars.append(scalar)
        isRaised = false
        continue
      }
      let drawn = Glyphs.ascii.drawn(scalar)
      let raises = PlainText.raised.contains(scalar)
      if raises, !isRaised { result += "^" }
      isRaised = raises
      if let spelling = PlainText.spellings[scalar] {
        result += spelling
      } else {
        result.unicodeScalars.append(drawn)
      }
    }
    return result
  }
}

/// How characters are spelled where the nearest one of the same width would mean something else.
private enum PlainText {
  static let spellings: [Unicode.Scalar: String] = [
    "≥": ">=", "≤": "<=", "≠": "!=", "±": "+/-", "→": "->", "←": "<-", "⇒": "=>", "≡": "==",
    "∞": "infinity", "…": "...", "–": "-", "†": "died", "✓": "yes", "✗": "no", "○": "?",
    "½": "1/2", "¼": "1/4", "¾": "3/4", "√": "root of ", "‰": " per mille", "ß": "ss",
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "λ": "lambda",
    "σ": "sigma", "§": "section ", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe",
  ]
  static let raised = Set("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁽⁾".unicodeScalars)
}
