import Assessment
import Glibc
import Hepatology
import Quantities
import Terminal
import Trials
import Workbench

/// Measures how screening grows with the number of trials: how many criteria are evaluated in a
/// second, and how long a key on the form takes from its arrival to the picture.
@main
struct ScreeningBenchmark {
  private static let counts = [5, 100, 1_000, 10_000]
  /// Milliseconds that a key may take at the 99th percentile.
  private static let target = 10.0
  private static let today = Day("2026-11-21")

  /// A patient as the README enters it, and what is typed over it again and again.
  private static let patient = [
    "52", "f", "214", "31", "", "", "88", "6.1", "131", "n", "4.5", "2.1", "", "", "38", "1", "m",
  ]
  private static let typed = "123456"

  static func main() {
    print(
      "trials  criteria  read     compile  screen   evaluations/s  key p50  p99      slice p99  background"
    )
    var isSlow = false
    for count in counts {
      let files = TrialFiles.varied(count)
      let (library, reading) = timed { TrialLibrary(files: files) }
      guard library.trials.count == count else {
        print("only \(library.trials.count) of \(count) trials could be read: \(library.problems)")
        exit(1)
      }
      let (empty, compiling) = timed {
        Screening(trials: library.trials, on: today, vocabulary: .builtIn)
      }
      let full = screened(empty)
      let keys = typing(library)
      let slowest = keys.answers.percentile(99) + keys.slices.percentile(99)
      isSlow = isSlow || slowest > target
      print(
        [
          pad("\(count)", 8), pad("\(library.trials.reduce(0) { $0 + $1.criteria.count })", 10),
          pad(text(reading), 9), pad(text(compiling), 9), pad(text(full.seconds), 9),
          pad("\(Int(Double(full.evaluations) / full.seconds))", 15),
          pad(text(keys.answers.percentile(50) / 1000), 9),
          pad(text(keys.answers.percentile(99) / 1000), 9),
          pad(text(keys.slices.percentile(99) / 1000), 11), text(keys.background),
        ].joined())
    }
    print(
      "  a key that comes in the middle of a slice waits for it: the sum of both 99th percentiles  "
        + (isSlow ? "✗" : "✓") + " < \(Int(target)) ms")
  }

  // MARK: Measuring

  /// A whole screening of one patient against all trials.
  private static func screened(_ empty: Screening) -> (seconds: Double, evaluations: Int) {
    var patient = Patient()
    for field in [
      "age=52", "sex=female", "totalBilirubin=214 umol/L", "albumin=31 g/L", "inr=2.1",
      "creatinine=88 umol/L", "urea=6.1 mmol/L", "sodium=131", "encephalopathyGrade=1",
      "ascites=mild", "neutrophils=4.5", "cirrhosis=yes",
    ] {
      do {
        try patient.enter(field: field, in: .builtIn)
      } catch {
        preconditionFailure("\(error)")
      }
    }
    var best = Double.infinity
    var evaluations = 0
    for _ in 0..<5 {
      var screening = empty
      let (_, seconds) = timed {
        screening.update(patient)
        screening.settle()
      }
      best = min(best, seconds)
      evaluations = screening.evaluations
    }
    return (best, evaluations)
  }

  /// Types on the form, as the app hears it; what is left for when no key waits is done between the
  /// keys.
  private static func typing(_ library: TrialLibrary)
    -> (answers: [Double], slices: [Double], background: Double)
  {
    var workbench = Workbench(
      library: library, today: today, size: Size(columns: 120, rows: 40),
      preferences: Preferences(variables: .builtIn))
    var answers: [Double] = []
    var slices: [Double] = []
    var background = 0.0

    func press(_ key: Key, isMeasured: Bool) {
      let (_, seconds) = timed {
        _ = workbench.handle(.key(key))
        _ = workbench.draw()
      }
      if isMeasured { answers.append(seconds * 1000) }
      var rest = 0.0
      while workbench.hasWork {
        let (_, seconds) = timed { _ = workbench.handle(.tick) }
        if isMeasured { slices.append(seconds * 1000) }
        rest += seconds
      }
      if isMeasured { background = max(background, rest) }
    }

    press(.character("2"), isMeasured: false)
    for text in patient {
      for character in text { press(.character(character), isMeasured: false) }
      press(.enter, isMeasured: false)
    }
    // Upwards through the same fields: each value is replaced by others, key by key.
    for _ in patient {
      press(.up, isMeasured: true)
      for _ in 0..<3 {
        for character in typed.prefix(3) { press(.character(character), isMeasured: true) }
        for _ in 0..<3 { press(.backspace, isMeasured: true) }
      }
      press(.escape, isMeasured: true)
    }
    return (answers, slices.isEmpty ? [0] : slices, background)
  }

  private static func timed<Result>(_ body: () -> Result) -> (Result, seconds: Double) {
    let clock = ContinuousClock()
    let begin = clock.now
    let result = body()
    let time = (clock.now - begin).components
    return (result, Double(time.seconds) + Double(time.attoseconds) / 1e18)
  }

  // MARK: Writing

  private static func text(_ seconds: Double) -> String {
    let milliseconds = seconds * 1000
    if milliseconds >= 1000 { return "\((milliseconds / 100).rounded() / 10) s" }
    return "\((milliseconds * 100).rounded() / 100) ms"
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}

extension [Double] {
  fileprivate func percentile(_ percent: Int) -> Double {
    sorted()[Swift.min(count - 1, count * percent / 100)]
  }
}

/// Trial files made by varying those that come with the program: another identifier, and every
/// threshold with a unit a little higher, so that no two trials share an expression with a number.
private enum TrialFiles {
  static func varied(_ count: Int) -> [TrialLibrary.File] {
    let originals = TrialLibrary.bundledFiles.map { String(decoding: $0.bytes, as: UTF8.self) }
    return (0..<count).map { number in
      let variant = number / originals.count
      let text = originals[number % originals.count]
      let id = "NCT\(String(number + 90_000_000).prefix(8))"
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        line.hasPrefix("id:") ? "id: \(id)" : varied(String(line), by: variant)
      }
      return ("\(id).yaml", Array(lines.joined(separator: "\n").utf8))
    }
  }

  private static func varied(_ line: String, by variant: Int) -> String {
    guard variant > 0, line.contains("expression:") || line.hasPrefix("      ") else { return line }
    return line.replacing(/(\d+)(?:\.\d+)? ('(?:g\/L|umol\/L|%|s|10\*9\/L)'|years)/) { match in
      "\(match.1).\(String(variant + 10_000).dropFirst()) \(match.2)"
    }
  }
}
