/// What laboratories, devices and people write for units, and the codes that they mean.
enum UnitSpellings {
  /// Texts, apart by blanks, and the codes that they can mean.
  ///
  /// A text with a capital letter is meant just as it stands, one without in capitals too.
  private struct Row {
    let texts: String
    let codes: [String]
    /// Whether it stands for a whole unit, not for a factor of one.
    var isWhole = true
    /// Whether the first code is the one meant where nothing is known of what is measured.
    var isSettled = true

    static func factor(_ texts: String, _ code: String) -> Row {
      Row(texts: texts, codes: [code], isWhole: false)
    }

    static func whole(_ texts: String, _ codes: String...) -> Row {
      Row(texts: texts, codes: codes)
    }

    static func unclear(_ texts: String, _ codes: String...) -> Row {
      Row(texts: texts, codes: codes, isSettled: false)
    }
  }

  private static let rows: [Row] = [
    // Mass.
    .factor("kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes", "kg"),
    .factor("g gm gms gram grams gramme grammes", "g"),
    .factor("mg mgs mgm milligram milligrams milligramme milligrammes", "mg"),
    .factor("ug mcg mcgs mcgm microgram micrograms microgramme microgrammes", "ug"),
    .factor("ng nanogram nanograms nanogramme nanogrammes", "ng"),
    .factor("pg picogram picograms picogramme picogrammes", "pg"), .factor("fg", "fg"),
    .factor("lb lbs pound pounds", "[lb_av]"), .factor("oz ounce ounces", "[oz_av]"),
    .factor("stone stones", "[stone_av]"), .unclear("st", "[stone_av]", "st"),
    .unclear("gr", "g", "[gr]"), .whole("gr/l", "g/L"), .whole("gr/dl", "g/dL"),

    // Volume. A decilitre is a hundred millilitres.
    .factor("l ltr litre litres liter liters", "L"),
    .factor("dl deciliter decilitre 100ml 100cc", "dL"),
    .factor("ml mls cc millilitre millilitres milliliter milliliters", "mL"),
    .factor("ul mcl microlitre microlitres microliter microliters", "uL"), .factor("nl", "nL"),
    .factor("pl", "pL"), .factor("fl", "fL"), .factor("cmm cumm", "mm3"),

    // Amount of substance. A capital M is a mole a litre.
    .factor("mol mole moles", "mol"), .factor("mmol mmole mmoles millimole millimoles", "mmol"),
    .factor("umol mcmol umole umoles micromol micromole micromoles", "umol"),
    .factor("nmol nanomole nanomoles", "nmol"), .factor("pmol picomole picomoles", "pmol"),
    .factor("fmol", "fmol"), .factor("eq", "eq"), .factor("meq mval", "meq"),
    .factor("ueq mceq", "ueq"), .factor("osm", "osm"), .factor("mosm mosmol", "mosm"),
    .whole("mM", "mmol/L"), .whole("uM mcM", "umol/L"), .whole("nM", "nmol/L"),
    .whole("pM", "pmol/L"), .unclear("M", "mol/L", "m", "10*6"), .unclear("MM", "mmol/L", "mm"),
    .unclear("UM", "umol/L", "um"), .unclear("NM", "nmol/L", "nm"),
    .unclear("PM", "pmol/L", "pm"),

    // Grams in a hundred millilitres.
    .whole("g% gm% gms%", "g/dL"), .whole("mg% mgs%", "mg/dL"), .whole("ug% mcg%", "ug/dL"),
    .whole("mg/dlbun mg/dl{bun} mg/dlureanitrogen", "mg/dL{BUN}"),
    .whole("mg/dlurea mg/dl{urea}", "mg/dL{urea}"),

    // Units. An enzyme's international unit is U; of anything else it has no other measure. A
    // million of them is a dose, a thousandth is not.
    .factor("u unit units", "U"), .factor("mu milliunit milliunits", "mU"), .factor("ku", "kU"),
    .factor("iu [iu] ui", "[IU]"), .factor("miu m[iu] mui", "m[IU]"),
    .factor("uiu u[iu] mciu", "u[IU]"), .factor("kiu k[iu] kui", "k[IU]"),
    .whole("iu/l ui/l", "U/L", "[IU]/L"), .unclear("MU", "mU", "MU"),
    .unclear("MIU", "m[IU]", "M[IU]"), .factor("kat", "kat"), .factor("ukat mckat", "ukat"),
    .factor("nkat", "nkat"),

    // Counts. A capital G or T is 10⁹ or 10¹² cells a litre, K a thousand and M a million a
    // microlitre. Where a mass is measured, G/L is that of a device without small letters.
    .whole("G/L", "10*9/L", "g/L"), .whole("G/l giga/l", "10*9/L"),
    .whole("T/L T/l tera/l", "10*12/L"),
    .whole("k/ul thou/ul thous/ul thousand/ul thousands/ul ths/ul th/ul tsd/ul", "10*3/uL"),
    .whole("k/mm3 thou/mm3 thous/mm3 thousand/mm3 thousands/mm3 ths/mm3 th/mm3", "10*3/mm3"),
    .whole("M/uL mil/ul mill/ul mio/ul million/ul millions/ul", "10*6/uL"),
    .whole("M/mm3 mil/mm3 mill/mm3 mio/mm3 million/mm3 millions/mm3", "10*6/mm3"),
    .whole("M/mL million/ml millions/ml", "10*6/mL"),
    .whole("billion/l billions/l bil/l", "10*9/L"),
    .whole("cells/ul cell/ul #/ul", "/uL"), .whole("cells/mm3 cell/mm3 #/mm3", "/mm3"),
    .whole("cells/l", "/L"), .whole("copies/ml copy/ml cp/ml cps/ml", "{copies}/mL"),
    .factor("hpf [hpf]", "[HPF]"), .factor("lpf [lpf]", "[LPF]"),

    // Pressure.
    .factor("mmhg mm[hg] torr", "mm[Hg]"), .factor("cmh2o cm[h2o]", "cm[H2O]"),
    .factor("mmh2o mm[h2o]", "mm[H2O]"), .factor("pa", "Pa"), .factor("hpa", "hPa"),
    .factor("kpa", "kPa"), .factor("bar", "bar"), .factor("mbar", "mbar"), .factor("psi", "[psi]"),

    // Time.
    .factor("s sec secs second seconds", "s"), .factor("msec msecs", "ms"),
    .factor("min mins minute minutes", "min"), .factor("h hr hrs hour hours", "h"),
    .factor("d day days 24h 24hr 24hrs 24hour 24hours", "d"), .factor("wk wks week weeks", "wk"),
    .factor("mo mos mth mths mnth month months", "mo"), .factor("y yr yrs year years", "a"),
    .whole("yearsold yearold yrsold yo y/o y.o", "a"),
    .whole("bpm beats/min beat/min breaths/min breath/min resp/min respirations/min", "/min"),

    // Length and area.
    .factor("metre metres meter meters", "m"),
    .factor("cm centimetre centimetres centimeter centimeters", "cm"), .factor("mm", "mm"),
    .factor("in inch inches", "[in_i]"), .factor("ft foot feet", "[ft_i]"), .factor("sqm", "m2"),
    .whole(
      "ml/min/1.73m2 ml/min/1,73m2 ml/min/1.73m^2 ml/min/1.73sqm ml/min/1.73 ml/min/{1.73m2}"
        + " ml/min/{1.73_m2} ml/min/[1.73_m2]", "mL/min/{1.73_m2}"),
    .whole("ml/s/1.73m2 ml/s/1,73m2 ml/s/1.73m^2 ml/s/{1.73_m2}", "mL/s/{1.73_m2}"),

    // Numbers.
    .factor("pct percent %activity %ofnormal", "%"), .factor("‰ promille permille", "[ppth]"),
    .factor("ppm", "[ppm]"), .factor("ppb", "[ppb]"),
    .whole("fraction ratio proportion inr {inr}", "1"),

    // Temperature, acidity, energy.
    .whole("c °c degc degreesc celsius °celsius degreescelsius", "Cel"),
    .whole("f °f degf degreesf fahrenheit °fahrenheit degreesfahrenheit", "[degF]"),
    .whole("ph", "[pH]"),
    .factor("kcal", "kcal"), .unclear("Cal", "[Cal]", "cal"),
  ]

  private static let wholes = table { $0.isWhole }
  private static let factors = table { !$0.isWhole }

  private static func table(_ isIncluded: (Row) -> Bool) -> [String: Row] {
    var result: [String: Row] = [:]
    for row in rows where isIncluded(row) {
      // Bytes part faster than characters.
      for text in row.texts.utf8.split(separator: UInt8(ascii: " ")) {
        result[String(Substring(text))] = row
      }
    }
    return result
  }

  private static func row(_ text: String, in table: [String: Row]) -> Row? {
    table[text] ?? table[text.lowercased()]
  }

  /// The code that a symbol is another spelling of.
  static func code(for symbol: String, isWhole: Bool) -> String? {
    let text = plain(symbol)
    let whole = isWhole ? row(text, in: wholes) : nil
    guard let found = whole ?? row(text, in: factors), found.isSettled, found.codes[0] != symbol
    else { return nil }
    return found.codes[0]
  }

  /// The units that a text can mean, at least one, and whether the first of them is the usual one.
  static func readings(of text: String) throws(UnitError) -> (units: [Unit], isSettled: Bool) {
    guard text.utf8.count <= 4 * UnitReader.longest else {
      throw UnitError("\(text.prefix(UnitReader.longest))…", "a unit has at most 64 characters")
    }
    let plain = withPowerOfTen(plain(text))
    // Behind a number, as in 45 100/µL or 2 3, these digits are its own.
    let digits = plain.prefix(while: isDigit)
    let follows = plain.dropFirst(digits.count).first
    if follows == nil && plain != "1" && !plain.isEmpty || digits.count == 3 && follows == "/" {
      throw UnitError(text, "'\(digits)' in the unit '\(text)' is a number, not a unit")
    }
    if let row = row(plain, in: wholes) { return (try units(row.codes), row.isSettled) }
    let usual = withFactors(plain)
    if let row = row(usual, in: wholes) { return (try units(row.codes), row.isSettled) }
    if usual == plain { return ([try Unit(ucum: plain)], true) }
    // Square brackets are UCUM's: there, capitals count.
    if plain.utf8.contains(UInt8(ascii: "[")), let exact = exact(plain) {
      return ([exact], true)
    }
    let unit = try Unit(ucum: usual)
    // Where there are no small letters, as in what old devices print, a capital says nothing.
    // Elsewhere it may make a millilitre a megalitre.
    let hasSmall = text.utf8.contains { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "w") }
    if hasSmall, let exact = exact(plain), exact.dimension == unit.dimension,
      exact.scale != unit.scale
    {
      return ([unit, exact], false)
    }
    return ([unit], true)
  }

  private static func exact(_ code: String) -> Unit? {
    var reader = UnitReader(code, givesHints: false)
    return try? reader.unit()
  }

  private static func units(_ codes: [String]) throws(UnitError) -> [Unit] {
    var result: [Unit] = []
    for code in codes { result.append(try Unit(ucum: code)) }
    return result
  }

  // MARK: One way of writing

  /// Without blanks and full stops at the end of words, in ASCII as far as there is a letter for it.
  private static func plain(_ text: String) -> String {
    var result = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      if word.lowercased() == "per" {
        result += "/"
        continue
      }
      var end = word.endIndex
      while end > word.startIndex, word[word.index(before: end)] == "." {
        end = word.index(before: end)
      }
      var isRaised = false
      for scalar in word[..<end].unicodeScalars {
        if let raised = superscripts[scalar] {
          if !isRaised { result += "^" }
          isRaised = true
          result.unicodeScalars.append(raised)
        } else {
          isRaised = false
          result += ascii[scalar] ?? String(scalar)
        }
      }
    }
    return result
  }

  private static let superscripts: [Unicode.Scalar: Unicode.Scalar] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁻": "-", "⁺": "+",
  ]

  private static let ascii: [Unicode.Scalar: String] = [
    // The micro sign and the Greek letter.
    "\u{b5}": "u", "\u{3bc}": "u", "×": "x", "✕": "x", "✖": "x", "⨯": "x", "·": ".", "⋅": ".",
    "•": ".", "∙": ".", "∕": "/", "⁄": "/", "−": "-", "–": "-", "‐": "-", "‑": "-", "º": "°",
    "℃": "°c", "℉": "°f", "₂": "2", "\u{200b}": "", "\u{2060}": "", "\u{feff}": "", "\u{ad}": "",
  ]

  /// Writes a power of ten at the beginning as UCUM does: `x10^9/L`, `10E9/L`, `10(9)/L`, `1e9/L`
  /// and, where a raised number was lost, `109/L`.
  private static func withPowerOfTen(_ text: String) -> String {
    var rest = text[...]
    if let first = rest.first, "xX*".contains(first) { rest = rest.dropFirst() }
    let marks: [String]
    if rest.hasPrefix("10") {
      rest = rest.dropFirst(2)
      marks = ["^", "**", "*", "exp", "EXP", "e", "E", "("]
    } else if rest.hasPrefix("1e") || rest.hasPrefix("1E") {
      rest = rest.dropFirst()
      marks = ["e", "E"]
    } else {
      return text
    }
    let mark = marks.first { rest.hasPrefix($0) }
    rest = rest.dropFirst(mark?.count ?? 0)
    let power = rest.prefix { isDigit($0) || $0 == "-" || $0 == "+" }
    rest = rest.dropFirst(power.count)
    if mark == "(" {
      guard rest.first == ")" else { return text }
      rest = rest.dropFirst()
    }
    for cells in ["cells", "cell"] where rest.hasPrefix(cells) {
      rest = rest.dropFirst(cells.count)
    }
    let isLost = mark == nil && ["3", "6", "9", "12"].contains(power)
    guard let exponent = Int(power), mark != nil || isLost,
      rest.first.map({ "/{".contains($0) }) ?? !isLost
    else { return text }
    return "10*\(exponent)" + rest
  }

  /// Writes each factor as UCUM does.
  private static func withFactors(_ text: String) -> String {
    var result = ""
    var word = ""
    var separator: Character?
    var closing: Character?
    func end() {
      result += factor(word, isDivisor: separator == "/")
      word = ""
    }
    for character in text {
      if let mark = closing {
        word.append(character)
        if character == mark { closing = nil }
        continue
      }
      switch character {
      case "/", ".", "(", ")":
        end()
        result.append(character)
        separator = character
      case "{":
        end()
        word.append(character)
        closing = "}"
      case "[":
        word.append(character)
        closing = "]"
      default: word.append(character)
      }
    }
    end()
    return result
  }

  private static func factor(_ word: String, isDivisor: Bool) -> String {
    if let row = row(word, in: factors) { return row.codes[0] }
    guard word.first != "{" else { return word }
    let digits = word.prefix(while: isDigit)
    if !digits.isEmpty {
      let unit = word.dropFirst(digits.count)
      guard isDivisor, let row = row(String(unit), in: factors) else { return word }
      return "(\(digits).\(row.codes[0]))"
    }
    let power = word.reversed().prefix(while: isDigit).count
    guard power > 0, power < word.count else { return word }
    var symbol = word.dropLast(power)
    var exponent = word.suffix(power)
    if let sign = symbol.last, sign == "-" || sign == "+" {
      symbol = symbol.dropLast()
      exponent = word[symbol.endIndex...]
    }
    if symbol.last == "^" { symbol = symbol.dropLast() }
    guard !symbol.isEmpty else { return word }
    return (row(String(symbol), in: factors)?.codes[0] ?? String(symbol)) + exponent
  }

  private static func isDigit(_ character: Character) -> Bool {
    character >= "0" && character <= "9" && character.isASCII
  }
}
