import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal

/// What lies over a place until it is answered: lines that are asked for, imports, leaving.
extension Workbench {
  // MARK: Prompts

  mutating func answer(_ key: Key, _ prompt: Prompt) -> [Effect] {
    var prompt = prompt
    switch key {
    case .escape:
      overlay = nil
      saving.then = nil
      if prompt.purpose == .reason { withdraw() }
      return []
    case .enter: break
    default:
      guard prompt.type(key) else {
        overlay = .prompt(prompt)
        return []
      }
    }
    overlay = nil
    do throws(PromptError) {
      return try finish(prompt)
    } catch {
      message = error.description
      overlay = .prompt(prompt)
      return []
    }
  }

  private struct PromptError: Error {
    let description: String
  }

  private mutating func finish(_ prompt: Prompt) throws(PromptError) -> [Effect] {
    let text = prompt.text
    switch prompt.purpose {
    case .newPatient:
      guard let today else {
        throw PromptError(description: "The clock does not say what day it is.")
      }
      guard !text.isEmpty else { return [.store(.change(.admit(nil, on: today, [])))] }
      do {
        return [.store(.change(.admit(try PatientCode(text), on: today, [])))]
      } catch {
        throw PromptError(description: "\(error)".capitalizedFirst + ".")
      }
    case .companion:
      guard !text.isEmpty else { return [] }
      do {
        let code = try PatientCode(text)
        guard code != chart?.code else {
          throw PromptError(description: "\(code) is the patient that is open.")
        }
        return [.store(.companion(code))]
      } catch let error as PromptError {
        throw error
      } catch {
        throw PromptError(description: "\(error)".capitalizedFirst + ".")
      }
    case .newVisit(let code):
      guard let day = dates.day(text) else {
        throw PromptError(description: "'\(text)' is not a day: write \(dates.words).")
      }
      if let today, day > today {
        throw PromptError(
          description: "\(dates.text(day)) has not come yet; today is \(dates.text(today)).")
      }
      let seen = chart?.code == code ? chart?.record.sequence : nil
      return [.store(.change(.newVisit(code, on: day, [], seen: seen)))]
    case .reason:
      guard !text.isEmpty else {
        throw PromptError(description: "A correction needs a reason; Esc puts the old value back.")
      }
      saving.reason = text
      return []
    case .importFile:
      guard !text.isEmpty else { return [] }
      overlay = .reading(ReadingOverlay(path: text, isDryRun: true))
      return [.store(.rehearse(path: text))]
    case .replace(let path):
      guard !text.isEmpty else {
        throw PromptError(description: "Values that take the place of others need a reason.")
      }
      overlay = .reading(ReadingOverlay(path: path, isDryRun: false))
      return [.store(.take(path: path, replacing: text))]
    case .export(let code, let visit):
      guard !text.isEmpty else { return [] }
      return [.store(.export(code, visit: visit, path: text))]
    case .elsewhere:
      guard !text.isEmpty, let day = form.day else { return [] }
      return [.store(.elsewhere(chart?.code, on: day, pending, path: text))]
    }
  }

  /// Puts back what the store has where a correction is given up.
  private mutating func withdraw() {
    let measured = chart?.visit?.measured.map(\.variable.id) ?? []
    form.refresh(chart?.visit, written: Set(measured))
    screenVisit()
    message = "What was there is back."
  }

  // MARK: Import

  mutating func answer(_ key: Key, _ importing: ImportOverlay) -> [Effect] {
    var importing = importing
    let path = importing.path
    switch key {
    case .escape, .character("q"): overlay = nil
    case .enter where !importing.report.isDryRun: overlay = nil
    case .enter where importing.hasWork:
      overlay = .reading(ReadingOverlay(path: path, isDryRun: false))
      return [.store(.take(path: path, replacing: nil))]
    case .enter: message = "There is nothing to import; Esc closes."
    case .character("r") where importing.report.isDryRun && !importing.report.conflicts.isEmpty:
      overlay = .prompt(
        Prompt(
          .replace(path: path), title: "Take the values of the file",
          question: "Why do they take the place of those in the store?"))
    default:
      importing.move(key, size)
      overlay = .importing(importing)
    }
    return []
  }

  // MARK: Leaving

  /// Leaves the program, or asks where something would be lost.
  mutating func quit() -> [Effect] {
    let isTyped = form.editor != nil
    if keepsPatients, isTyped, saving.failure == nil {
      let text = form.editor?.text.displayable ?? ""
      overlay = .leave(
        LeaveQuestion(
          text: "\(form.focus.label) \(text) is typed and not kept yet.",
          canKeep: form.patient.value(of: form.focus) != nil || text.isEmpty))
      return []
    }
    guard let loss else { return [.quit] }
    overlay = .leave(LeaveQuestion(text: loss, canKeep: false))
    return []
  }

  /// What the end of the program would lose.
  private var loss: String? {
    if case .missing = roster.access {
      return patient.isEmpty
        ? nil : "The patient on the form is kept only while this program runs, and would be lost."
    }
    if let failure = saving.failure {
      return "What was entered last is not saved: \(failure). "
        + "\(keys.name(of: .writeFile, usually: .function(2))) on the form writes it to a file."
    }
    if let variable = form.refused {
      let text = form.kept[variable]?.typed.displayable ?? ""
      return "'\(text)' is no value of \(variable.label) and was not saved."
    }
    if isInMemory, chart != nil || (roster.count ?? 0) > 0 {
      return "The patients are kept in memory only, and would be lost."
    }
    return nil
  }

  mutating func answer(_ key: Key, _ question: LeaveQuestion) -> [Effect] {
    switch key {
    case .character("x"), .character("X"):
      return keepsPatients ? [.store(.draft(nil)), .quit] : [.quit]
    case .escape, .character("n"): overlay = nil
    case .enter where question.canKeep:
      overlay = nil
      return after(.quit)
    default: break
    }
    return []
  }
}
