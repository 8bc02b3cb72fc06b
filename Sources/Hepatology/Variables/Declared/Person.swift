import Quantities

/// Who the patient is.
extension Variable {
  /// Age on the day of screening, years.
  public static let age = quantity(
    "age", "Age", .person, ["a"], accepted: 0...130, plausible: 12...100,
    synonyms: ["years", "years old"], "Age in years on the day of screening.")

  /// Sex as MELD 3.0 uses it: female or male.
  public static let sex = choice(
    "sex", "Sex", .person, [Choice("female", "Female"), Choice("male", "Male")],
    synonyms: ["gender"], source: "Kim WR et al. Gastroenterology 2021;161:1887 (MELD 3.0)",
    "Sex as MELD 3.0 uses it: female or male.")
}
