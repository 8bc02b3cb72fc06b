public import Quantities

extension TrialRecord {
  /// The record as JSON, with the keys of the file format, so that it can be read as a trial file
  /// again.
  public var json: JSONValue {
    func list<Item>(_ items: [Item], _ make: (Item) -> JSONValue) -> JSONValue? {
      items.isEmpty ? nil : .array(items.map(make))
    }
    return .object([
      "id": .string(id), "orgStudyId": .text(orgStudyId), "secondaryIds": .texts(secondaryIds),
      "shortTitle": .string(shortTitle), "briefTitle": .string(briefTitle),
      "officialTitle": .text(officialTitle), "link": .string(link), "source": .string(source),
      "found": list(found) { found in
        .object(["fields": .strings(found.fields), "source": .string(found.source)])
      },
      "status": list(status) { entry in
        .object([
          "value": .term(entry.value), "asOf": .date(entry.asOf), "source": .text(entry.source),
        ])
      },
      "phases": .terms(phases), "studyType": .term(studyType), "startDate": startDate?.json,
      "primaryCompletionDate": primaryCompletionDate?.json, "completionDate": completionDate?.json,
      "firstSubmitted": .date(firstSubmitted), "firstPosted": .date(firstPosted),
      "lastUpdatePosted": .date(lastUpdatePosted), "verified": .date(verified),
      "leadSponsor": leadSponsor?.json, "collaborators": list(collaborators, \.json),
      "responsibleParty": responsibleParty?.json,
      "isFdaRegulatedDrug": .flag(isFdaRegulatedDrug),
      "isFdaRegulatedDevice": .flag(isFdaRegulatedDevice),
      "oversightHasDmc": .flag(oversightHasDmc), "ipdSharing": .term(ipdSharing),
      "conditions": .texts(conditions), "keywords": .texts(keywords), "summary": .string(summary),
      "product": product?.json, "design": design.json, "eligibility": eligibility.json,
      "arms": list(arms, \.json), "interventions": list(interventions, \.json),
      "schedule": schedule?.json, "criteria": list(criteria, \.json),
      "primaryOutcomes": list(primaryOutcomes, \.json),
      "secondaryOutcomes": list(secondaryOutcomes, \.json),
      "otherOutcomes": list(otherOutcomes, \.json), "locations": list(locations, \.json),
      "contacts": list(contacts, \.json),
      "references": list(references) { reference in
        .object([
          "pmid": .text(reference.pmid), "citation": .string(reference.citation),
          "type": .term(reference.type),
        ])
      },
      "contradictions": list(contradictions) { contradiction in
        .object(["text": .string(contradiction.text), "where": .text(contradiction.location)])
      },
    ])
  }
}

extension JSONValue {
  fileprivate static func text(_ text: String?) -> JSONValue? { text.map { .string($0) } }
  fileprivate static func texts(_ texts: [String]) -> JSONValue? {
    texts.isEmpty ? nil : .strings(texts)
  }
  fileprivate static func flag(_ flag: Bool?) -> JSONValue? { flag.map { .bool($0) } }
  fileprivate static func whole(_ number: Int?) -> JSONValue? { number.map { .number($0) } }
  fileprivate static func date(_ date: PartialDate?) -> JSONValue? {
    date.map { .string($0.description) }
  }
  fileprivate static func term<Term: RegistryTerm>(_ term: Term?) -> JSONValue? {
    term.map { .string($0.rawValue) }
  }
  fileprivate static func terms<Term: RegistryTerm>(_ terms: [Term]) -> JSONValue? {
    texts(terms.map(\.rawValue))
  }
  fileprivate static func age(_ age: TrialRecord.Age?) -> JSONValue? {
    age.map { .string("\($0.count) \($0.unit.rawValue)") }
  }
}

extension TrialRecord.MilestoneDate {
  fileprivate var json: JSONValue { .object(["date": .date(date), "type": .term(type)]) }
}

extension TrialRecord.Sponsor {
  fileprivate var json: JSONValue {
    .object(["name": .string(name), "class": .term(agencyClass)])
  }
}

extension TrialRecord.ResponsibleParty {
  fileprivate var json: JSONValue {
    .object([
      "type": .term(type), "name": .text(name), "title": .text(title),
      "affiliation": .text(affiliation),
    ])
  }
}

extension TrialRecord.Product {
  fileprivate var json: JSONValue {
    .object(["kind": .string(kind), "origin": .text(origin), "code": .text(code)])
  }
}

extension TrialRecord.Design {
  fileprivate var json: JSONValue {
    .object([
      "allocation": .term(allocation), "interventionModel": .term(interventionModel),
      "masking": .term(masking), "whoMasked": .terms(whoMasked),
      "primaryPurpose": .term(primaryPurpose), "description": .text(description),
      "enrollment": .whole(enrollment), "enrollmentType": .term(enrollmentType),
    ])
  }
}

extension TrialRecord.Eligibility {
  fileprivate var json: JSONValue {
    .object([
      "sex": .term(sex), "minimumAge": .age(minimumAge), "maximumAge": .age(maximumAge),
      "healthyVolunteers": .flag(healthyVolunteers),
      "exclusionsInSource": .bool(exclusionsInSource),
    ])
  }
}

extension TrialRecord.Arm {
  fileprivate var json: JSONValue {
    .object([
      "label": .string(label), "type": .term(type), "count": .whole(count),
      "description": .text(description), "interventions": .texts(interventions),
    ])
  }
}

extension TrialRecord.Intervention {
  fileprivate var json: JSONValue {
    .object([
      "type": .term(type), "name": .string(name), "description": .text(description),
      "doses": doses.isEmpty ? nil : .array(doses.map(\.json)),
    ])
  }
}

extension TrialRecord.Dose {
  fileprivate var json: JSONValue {
    .object([
      "kind": .term(kind), "amount": amount.map { .number($0) },
      "alternatives": alternatives.isEmpty ? nil : .array(alternatives.map { .number($0) }),
      "unit": .text(unit), "per": .text(per), "route": .text(route), "volume": .text(volume),
      "duration": .text(duration), "schedule": .text(schedule), "times": .whole(times),
      "ambiguity": .text(ambiguity), "reading": .text(reading),
    ])
  }
}

extension TrialSchedule {
  fileprivate var json: JSONValue {
    .object([
      "anchor": .string(anchor), "anchorDay": .number(anchorDay), "note": .text(note),
      "plans": .array(
        plans.map { plan in
          .object([
            "name": .string(plan.name), "arms": .texts(plan.arms), "note": .text(plan.note),
            "dosingDays": plan.dosing.isEmpty
              ? nil : .array(plan.dosing.compactMap { $0.day(anchorDay: anchorDay) }),
            "visits": plan.visits.isEmpty
              ? nil : .array(plan.visits.map { $0.json(anchorDay: anchorDay) }),
          ])
        }),
    ])
  }
}

extension TrialSchedule.Timing {
  fileprivate func day(anchorDay: Int) -> JSONValue? {
    if case .days(let count) = self { .number(count + anchorDay) } else { nil }
  }

  fileprivate var month: JSONValue? {
    if case .months(let count) = self { .number(count) } else { nil }
  }
}

extension TrialSchedule.Visit {
  fileprivate func json(anchorDay: Int) -> JSONValue {
    .object([
      "name": .string(name), "day": timing.day(anchorDay: anchorDay), "month": timing.month,
      "before": .whole(window?.before), "after": .whole(window?.after),
      "assessments": .texts(assessments),
    ])
  }
}

extension Criterion {
  fileprivate var json: JSONValue {
    .object([
      "id": .string(id), "polarity": .term(polarity), "text": .string(text),
      "expression": .text(expression?.text),
      "attest": attest == .never ? nil : attest == .always ? .bool(true) : .term(attest),
      "ambiguity": .text(ambiguity), "reading": .text(reading),
      "conflict": conflict.map { conflict in
        .object(["with": .strings(conflict.with), "how": .string(conflict.how)])
      },
    ])
  }
}

extension TrialRecord.Outcome {
  fileprivate var json: JSONValue {
    .object([
      "measure": .string(measure), "description": .text(description),
      "timeFrames": .texts(timeFrames), "scores": .texts(scores),
    ])
  }
}

extension TrialRecord.Contact {
  fileprivate var json: JSONValue {
    .object([
      "role": .term(role), "name": .text(name), "affiliation": .text(affiliation),
      "phone": .text(phone),
    ])
  }
}

extension TrialRecord.Location {
  fileprivate var json: JSONValue {
    .object([
      "facility": .string(facility), "city": .text(city), "state": .text(state),
      "country": .string(country), "zip": .text(zip), "status": .term(status),
      "contacts": contacts.isEmpty ? nil : .array(contacts.map(\.json)),
    ])
  }
}
