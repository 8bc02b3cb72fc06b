import Assessment
import Clinic
import Quantities

/// The commands that have to do with the store.
extension Dialogue {
  mutating func list(_ text: String) -> [String] {
    var query = RosterQuery()
    query.text = text
    query.limit = 20
    return asking(.roster(query))
  }

  mutating func open(_ text: String) -> [String] {
    guard !text.isEmpty else { return ["Whom? .open CODE; .patients lists the codes."] }
    do throws(StoreError) {
      return leaving(.show(try PatientCode(text)))
    } catch {
      return ["\("\(error)".capitalizedFirst)."]
    }
  }

  mutating func startPatient(_ text: String) -> [String] {
    guard let today else { return ["The clock does not say what day it is."] }
    guard text.isEmpty else {
      do throws(StoreError) {
        return leaving(.change(.admit(try PatientCode(text), on: today, [])))
      } catch {
        return ["\("\(error)".capitalizedFirst)."]
      }
    }
    if let reason = staying { return [reason] }
    keeping.chart = nil
    (trail, group) = ([], nil)
    _ = take(nil)
    goOn()
    return ["A new patient, made with the first value."]
  }

  mutating func startVisit(_ text: String) -> [String] {
    guard let chart = keeping.chart else { return ["The patient is made with the first value."] }
    guard let day = text.isEmpty ? today : dates.day(text) else {
      return ["'\(text)' is not a day: write \(dates.words)."]
    }
    if let today, day > today { return ["\(dates.text(day)) has not come yet."] }
    return leaving(.change(.newVisit(chart.code, on: day, [], seen: chart.record.sequence)))
  }

  /// The visits, a line each.
  var visitLines: [String] {
    guard let chart = keeping.chart, !chart.record.visits.isEmpty else {
      return ["The patient has no visit yet."]
    }
    return chart.record.visits.enumerated().map { place, visit in
      "Visit \(place + 1), \(dates.text(visit.date)), values entered: \(visit.measured.count)"
        + (visit.number == chart.number ? ", the one that is shown" : "")
    }
  }

  mutating func showVisit(_ text: String) -> [String] {
    guard !text.isEmpty else { return visitLines }
    guard let chart = keeping.chart, let place = Int(text),
      chart.record.visits.indices.contains(place - 1)
    else { return ["There is no visit '\(text)'."] + visitLines }
    if let reason = staying { return [reason] }
    return show(chart.record, visit: chart.record.visits[place - 1].number)
  }

  mutating func takeBack(isUndo: Bool) -> [String] {
    guard let chart = keeping.chart else {
      return ["There is nothing to \(isUndo ? "undo" : "redo")."]
    }
    let seen = chart.record.sequence
    return leaving(
      .change(isUndo ? .undo(chart.code, seen: seen) : .redo(chart.code, seen: seen)))
  }

  mutating func write(_ path: String) -> [String] {
    guard !path.isEmpty else { return ["Where to? .write FILE, as .write summary.md."] }
    if let chart = keeping.chart, !isUnsaved {
      return asking(.export(chart.code, visit: chart.number, path: path))
    }
    let inputs = pending
    guard let day, !inputs.isEmpty else { return ["Nothing was entered yet."] }
    keeping.due.append(.elsewhere(keeping.chart?.code, on: day, inputs, path: path))
    return []
  }

  /// Why what is on the form may not be replaced; `nil` where it may.
  private var staying: String? {
    guard isUnsaved else { return nil }
    let reason = keeping.failure.map { "\($0)" } ?? "the clock does not say what day it is"
    return "Not everything is kept yet (\(reason)); .write FILE writes it to a file."
  }

  /// Asks something of the store whose answer takes the place of what is on the form.
  private mutating func leaving(_ request: StoreRequest) -> [String] {
    staying.map { [$0] } ?? asking(request)
  }

  private mutating func asking(_ request: StoreRequest) -> [String] {
    if let reason = keeping.unkept { return ["Patients are not kept: \(reason)."] }
    keeping.due.append(request)
    return []
  }
}

extension Chart {
  /// Who it is, and which of his visits is shown.
  func sentence(_ dates: DayFormat) -> String {
    guard let ordinal, let visit else { return "\(code), without a visit." }
    return "\(code), visit \(ordinal) of \(record.visits.count), \(dates.text(visit.date))."
  }
}

extension RosterEntry {
  /// Who it is, and when he was seen last.
  func sentence(_ dates: DayFormat) -> String {
    var words = [code.text]
    if let age { words.append("\(age) years") }
    if let sex { words.append(sex) }
    words.append(visits == 1 ? "1 visit" : "\(visits) visits")
    if let lastVisit { words.append("last seen \(dates.text(lastVisit))") }
    return words.joined(separator: ", ")
  }
}
