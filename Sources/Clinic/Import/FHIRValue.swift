import Hepatology
import Quantities

/// Why a part of a resource was not taken.
struct FHIRRefusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// The value of an Observation or of a component of one.
enum FHIRValue {
  private static let loinc = "http://loinc.org"
  private static let ucum = "http://unitsofmeasure.org"

  /// Codes that count the nitrogen of urea by its mass; UCUM's mg/dL does not say which is meant.
  private static let ureaNitrogen: Set<String> = ["3094-0", "6299-2"]

  static func isPresent(in part: JSONValue) -> Bool {
    guard case .object(let members) = part else { return false }
    return members.contains { $0.name.hasPrefix("value") || $0.name == "dataAbsentReason" }
  }

  /// Reads the value of a part of an Observation that was made at a time.
  static func value(
    of part: JSONValue, _ codes: FHIRCodes, at time: String?
  ) -> Result<IncomingValue, FHIRRefusal> {
    guard
      let coding = part["code"]?.codings.first(where: {
        $0["system"]?.string == loinc && codes.measured(by: $0["code"]?.string ?? "") != nil
      }), let code = coding["code"]?.string, let variable = codes.measured(by: code)
    else {
      return .failure(FHIRRefusal("no variable has this code"))
    }
    guard let quantity = part["valueQuantity"] else {
      return .failure(
        FHIRRefusal(
          part["dataAbsentReason"] == nil
            ? "its value is no quantity" : "it says that it has no value"))
    }
    guard let time else { return .failure(FHIRRefusal("it has no time")) }
    guard let moment = Moment(time) else {
      return .failure(FHIRRefusal("its time is not a full date"))
    }
    do throws(FHIRRefusal) {
      let text = try text(of: quantity)
      let unit = try unit(of: quantity, for: variable, code: code)
      do throws(Refusal) {
        return .success(
          try IncomingValue(variable, number: text, unit: unit, moment: moment))
      } catch {
        throw FHIRRefusal("\(error)")
      }
    } catch {
      return .failure(error)
    }
  }

  private static func text(of quantity: JSONValue) throws(FHIRRefusal) -> String {
    guard let number = quantity["value"]?.numeral else { throw FHIRRefusal("it has no number") }
    switch quantity["comparator"]?.string {
    case nil: return number
    case .some(let sign) where ["<", "<=", ">", ">="].contains(sign): return sign + number
    case .some(let other): throw FHIRRefusal("the comparator \(other) cannot be kept as a bound")
    }
  }

  private static func unit(of quantity: JSONValue, for variable: Variable, code: String)
    throws(FHIRRefusal) -> String
  {
    let isUCUM = quantity["system"]?.string == ucum
    let written = (isUCUM ? quantity["code"]?.string : nil) ?? quantity["unit"]?.string
    guard let written, !written.isEmpty else {
      if variable.measure?.canonical == .one { return "" }
      throw FHIRRefusal("it has no unit")
    }
    return ureaNitrogen.contains(code) && written == "mg/dL" ? "mg/dL{BUN}" : written
  }
}
