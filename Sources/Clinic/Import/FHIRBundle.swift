import Quantities

/// A bundle of FHIR R4 or STU3, seen resource by resource.
struct FHIRBundle {
  /// The resources in order.
  let resources: [JSONValue]

  private let patients: [String: String]

  /// The kinds of bundles whose entries are resources as they are.
  private static let kinds: Set<String> = [
    "collection", "searchset", "transaction", "batch", "document",
  ]

  /// - Throws: ``ImportError`` for a bundle whose entries are not simply resources, and for a
  ///   resource that is no bundle.
  init(_ file: String, _ document: JSONValue, _ unread: inout UnreadList) throws(ImportError) {
    let kind = document["resourceType"]?.string
    guard kind == "Bundle" else {
      throw ImportError(file, "it is a \(kind ?? "nothing") of FHIR, not a Bundle")
    }
    let type = document["type"]?.string ?? "of no type"
    guard Self.kinds.contains(type) else {
      throw ImportError(file, "a bundle that is \(type) does not hold resources as they are now")
    }
    var resources: [JSONValue] = []
    var patients: [String: String] = [:]
    for entry in document["entry"]?.items ?? [] {
      guard let resource = entry["resource"], let kind = resource["resourceType"]?.string else {
        unread.add("entry without a resource", "there is nothing in it")
        continue
      }
      if entry["request"]?["method"]?.string == "DELETE" {
        unread.add(kind, "the entry asks for its deletion")
        continue
      }
      resources.append(resource)
      if kind == "Patient", let url = entry["fullUrl"]?.string {
        patients[url] = resource["id"]?.string ?? url
      }
    }
    self.resources = resources
    self.patients = patients
  }

  /// What the source calls the patient of a resource: the logical id; `nil` where it names none.
  func subject(of resource: JSONValue) -> String? {
    if resource["resourceType"]?.string == "Patient" { return resource["id"]?.string }
    guard
      let reference = resource["subject"]?["reference"]?.string
        ?? resource["patient"]?["reference"]?.string
    else { return nil }
    if let id = patients[reference] { return id }
    if reference.hasPrefix("urn:") { return reference }
    let parts = reference.split(separator: "/")
    guard let place = parts.lastIndex(of: "Patient"), parts.count > place + 1 else { return nil }
    return String(parts[place + 1])
  }
}

extension JSONValue {
  /// The codings of a CodeableConcept.
  var codings: [JSONValue] { self["coding"]?.items ?? [] }

  /// The code of a CodeableConcept or, as STU3 has some, a plain code.
  var plainCode: String? { string ?? codings.first?["code"]?.string }

  /// The code of one system.
  func code(in system: String) -> String? {
    codings.first { $0["system"]?.string == system }?["code"]?.string
  }

  /// A concept as a person names it: its system's short name, its code and its text.
  var conceptName: String {
    let coding = codings.first
    let system =
      switch coding?["system"]?.string {
      case "http://loinc.org": "LOINC "
      case "http://snomed.info/sct": "SNOMED CT "
      case .some(let other): "\(other) "
      case nil: ""
      }
    let text = coding?["display"]?.string ?? self["text"]?.string ?? ""
    let name = system + [coding?["code"]?.string ?? "", text].joined(separator: " ")
    return String(name.trimmingBlanks.prefix(120))
  }
}
