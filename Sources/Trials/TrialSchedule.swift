public import Quantities

/// When a participant is treated and seen.
public struct TrialSchedule: Hashable, Sendable {
  /// The event that days count from: `first infusion`.
  public let anchor: String
  /// The number that the trial gives the day of the anchor, 0 or 1.
  public let anchorDay: Int
  /// What the source leaves open, such as windows.
  public let note: String?
  /// The plans: one for each arm or group of arms, or for each reading of an unclear source.
  public let plans: [Plan]

  /// The plan of the arm of that label; the first one that names the arm, or names none.
  public func plan(forArm label: String) -> Plan? {
    plans.first { $0.arms.contains(label) } ?? plans.first { $0.arms.isEmpty }
  }

  /// The days of treatment and the visits of one arm under one reading of the source.
  public struct Plan: Hashable, Sendable {
    /// The name: `weekly`.
    public let name: String
    /// The labels of the arms it is for; empty for all.
    public let arms: [String]
    /// Why it exists beside others, and which one is taken.
    public let note: String?
    /// The days of treatment, as the trial counts them; empty where the source states none.
    public let dosing: [Timing]
    /// The visits in order of time.
    public let visits: [Visit]
  }

  /// A visit.
  public struct Visit: Hashable, Sendable {
    /// The name: `Week 12`.
    public let name: String
    /// When it is.
    public let timing: Timing
    /// The days before and after that are allowed; `nil` where the source states no window.
    public let window: Window?
    /// What is done, as the source says it.
    public let assessments: [String]
  }

  /// The days that a visit may be early or late.
  public struct Window: Hashable, Sendable {
    /// Days before.
    public let before: Int
    /// Days after.
    public let after: Int
  }

  /// A time that counts from the anchor.
  public enum Timing: Hashable, Sendable {
    /// So many days after the day of the anchor; weeks are seven of them.
    case days(Int)
    /// So many calendar months after it.
    case months(Int)

    /// The date, when the anchor was on that day; `nil` outside of the calendar.
    public func date(anchoredOn day: Day) -> Day? {
      switch self {
      case .days(let count): day.adding(days: count)
      case .months(let count): day.adding(months: count)
      }
    }

    /// Days from the anchor, a month taken as 30.4375 days, for sorting.
    var nominalDays: Double {
      switch self {
      case .days(let count): Double(count)
      case .months(let count): Double(count) * 30.4375
      }
    }
  }
}
