import Quantities

/// The ten questions of the Alcohol Use Disorders Identification Test, about the past year.
///
/// Babor 2001, WHO/MSD/MSB/01.6a. The ids of the answers are their points.
extension Variable {
  /// AUDIT, question 1, in points.
  public static let audit1 = question(
    1, "Drinking, how often", "How often a drink containing alcohol is taken.",
    ["never", "monthly or less", "2 to 4 times a month", "2 to 3 times a week", "4 or more a week"])

  /// AUDIT, question 2, in points.
  public static let audit2 = question(
    2, "Drinks on such a day", "How many drinks on a typical day of drinking.",
    ["1 or 2", "3 or 4", "5 or 6", "7 to 9", "10 or more"])

  /// AUDIT, question 3, in points.
  public static let audit3 = question(
    3, "Six drinks or more", "How often six or more drinks at once.")

  /// AUDIT, question 4, in points.
  public static let audit4 = question(
    4, "Could not stop", "How often drinking could not be stopped once begun.")

  /// AUDIT, question 5, in points.
  public static let audit5 = question(
    5, "Failed what was expected", "How often drinking kept from doing what was expected.")

  /// AUDIT, question 6, in points.
  public static let audit6 = question(
    6, "Drink in the morning", "How often a first drink was needed in the morning.")

  /// AUDIT, question 7, in points.
  public static let audit7 = question(
    7, "Guilt or remorse", "How often guilt or remorse was felt after drinking.")

  /// AUDIT, question 8, in points.
  public static let audit8 = question(
    8, "Could not remember", "How often the night before could not be remembered.")

  /// AUDIT, question 9, in points.
  public static let audit9 = question(
    9, "Injury by drinking", "Whether oneself or someone else was injured by one's drinking.",
    points: [0, 2, 4], ["no", "yes, not in the past year", "yes, in the past year"])

  /// AUDIT, question 10, in points.
  public static let audit10 = question(
    10, "Others concerned", "Whether others were concerned, or suggested to cut down.",
    points: [0, 2, 4], ["no", "yes, not in the past year", "yes, in the past year"])

  private static func question(
    _ number: Int, _ label: String, _ text: String, points: [Int] = [0, 1, 2, 3, 4],
    _ answers: [String] = [
      "never", "less than monthly", "monthly", "weekly", "daily or almost daily",
    ]
  ) -> Variable {
    choice(
      "audit\(number)", label, .alcoholQuestions, ordered: true,
      zip(points, answers).map { Choice("\($0)", "\($0) \($1)") },
      source: "Babor TF et al. WHO/MSD/MSB/01.6a, 2001", "AUDIT \(number): \(text)")
  }
}
