/// The file format of a trial record.
extension Shape {
  static let trial = Shape(
    name: "trial", meaning: "A trial record of Lobule: one file, one trial.",
    fields: [
      .must("id", .identifier, "The registry's identifier, such as NCT05940610."),
      .may("orgStudyId", .text, "The sponsor's own identifier."),
      .may("secondaryIds", .texts, "Further identifiers."),
      .must("shortTitle", .text(columns: 40), "A title for lists, of at most 40 columns."),
      .must("briefTitle", .text, "The registry's title."),
      .may("officialTitle", .text, "The title of the protocol."),
      .must("link", .link, "The registry's page."),
      .must("source", .text, "The document from which the facts were taken."),
      .may("found", .list(of: provenance), "Facts that are not in that document."),
      .must("status", .list(of: statusEntry), "The statuses that were reported, oldest first."),
      .may("phases", .terms(TrialRecord.Phase.self), "The phases."),
      .may("studyType", .term(TrialRecord.StudyType.self), "The kind of study."),
      .may("startDate", .mapping(milestone), "Start."),
      .may("primaryCompletionDate", .mapping(milestone), "Last examination for the outcome."),
      .may("completionDate", .mapping(milestone), "Last examination at all."),
      .may("firstSubmitted", .date, "When the record was first sent to the registry."),
      .may("firstPosted", .date, "When the registry first posted the record."),
      .may("lastUpdatePosted", .date, "When the registry last posted a change."),
      .may("verified", .date, "When the sponsor last confirmed the record."),
      .may("leadSponsor", .mapping(sponsor), "The sponsor."),
      .may("collaborators", .list(of: sponsor), "Those who help the sponsor."),
      .may("responsibleParty", .mapping(responsibleParty), "Who answers for the record."),
      .may("isFdaRegulatedDrug", .flag, "Whether a drug regulated by the U.S. FDA is studied."),
      .may("isFdaRegulatedDevice", .flag, "Whether a device regulated by the FDA is studied."),
      .may("oversightHasDmc", .flag, "Whether there is a data monitoring committee."),
      .may("ipdSharing", .term(TrialRecord.IpdSharing.self), "Whether single data are shared."),
      .may("conditions", .texts, "The conditions."),
      .may("keywords", .texts, "The registry's keywords."),
      .must("summary", .text, "Two to four sentences on what is done and why."),
      .may("product", .mapping(product), "What is given to the experimental arm."),
      .may("design", .mapping(design), "How the study is built."),
      .must("eligibility", .mapping(eligibility), "Who may take part, in the registry's fields."),
      .may("arms", .list(of: arm), "The arms."),
      .may("interventions", .list(of: intervention), "The interventions."),
      .may("schedule", .mapping(schedule), "When participants are treated and seen."),
      .must("criteria", .list(of: criterion), "The criteria in the order of the source."),
      .may("primaryOutcomes", .list(of: outcome), "What the study is decided by."),
      .may("secondaryOutcomes", .list(of: outcome), "What it measures besides."),
      .may("otherOutcomes", .list(of: outcome), "What it measures without ranking it."),
      .may("locations", .list(of: location), "The sites."),
      .may("contacts", .list(of: contact), "Contacts and officials; no e-mail addresses."),
      .may("references", .list(of: reference), "Publications."),
      .may("contradictions", .list(of: contradiction), "Where the source contradicts itself."),
    ])

  static let provenance = Shape(
    name: "provenance", meaning: "Facts that are not in the source document.",
    fields: [
      .must("fields", .list(.identifier), "Keys of the record, or of its parts: eligibility.sex."),
      .must("source", .text, "Where they were found."),
    ])

  static let statusEntry = Shape(
    name: "status", meaning: "A status and when it held.",
    fields: [
      .must("value", .term(TrialRecord.Status.self), "The status."),
      .may("asOf", .date, "A date on which it was so."),
      .may("source", .text, "Who said so, where it is not the record's source."),
    ])

  static let milestone = Shape(
    name: "milestone", meaning: "A date that has come or is planned.",
    fields: [
      .must("date", .date, "The date."),
      .must("type", .term(TrialRecord.Certainty.self), "Whether it has come."),
    ])

  static let sponsor = Shape(
    name: "sponsor", meaning: "An organisation.",
    fields: [
      .must("name", .text, "The name."),
      .may("class", .term(TrialRecord.AgencyClass.self), "The kind of organisation."),
    ])

  static let responsibleParty = Shape(
    name: "responsibleParty", meaning: "Who answers for the record.",
    fields: [
      .must("type", .term(TrialRecord.ResponsiblePartyType.self), "In what role."),
      .may("name", .text, "The person's name."),
      .may("title", .text, "The person's title."),
      .may("affiliation", .text, "The person's institution."),
    ])

  static let product = Shape(
    name: "product", meaning: "What is given to the experimental arm.",
    fields: [
      .must(
        "kind", .identifier,
        "One lower-case word for searching: extracellular-vesicle, exosome, msc, msc+treg."),
      .may("origin", .text, "Where it comes from."),
      .may("code", .text, "The sponsor's code."),
    ])

  static let design = Shape(
    name: "design", meaning: "How the study is built.",
    fields: [
      .may("allocation", .term(TrialRecord.Allocation.self), "How people come to their arm."),
      .may(
        "interventionModel", .term(TrialRecord.InterventionModel.self),
        "How arms stand to each other."),
      .may("masking", .term(TrialRecord.Masking.self), "How many parties do not know the arm."),
      .may("whoMasked", .terms(TrialRecord.WhoMasked.self), "Which parties."),
      .may("primaryPurpose", .term(TrialRecord.PrimaryPurpose.self), "What the study is for."),
      .may("description", .text, "What the other keys do not say: stages, blocks."),
      .may("enrollment", .whole(0...10_000_000), "The number of participants."),
      .may("enrollmentType", .term(TrialRecord.Certainty.self), "Whether it has come about."),
    ])

  static let eligibility = Shape(
    name: "eligibility", meaning: "Who may take part, in the registry's fields.",
    fields: [
      .may("sex", .term(TrialRecord.Sex.self), "The sexes, where the source states them."),
      .may("minimumAge", .age, "The youngest age, such as 18 Years."),
      .may("maximumAge", .age, "The oldest age."),
      .may("healthyVolunteers", .flag, "Whether healthy people may take part."),
      .must("exclusionsInSource", .flag, "Whether the source has a list of exclusions at all."),
    ])

  static let arm = Shape(
    name: "arm", meaning: "An arm.",
    fields: [
      .must("label", .text, "The name."),
      .may(
        "type", .term(TrialRecord.ArmType.self),
        "What it is in the comparison, where the source states it."),
      .may("count", .whole(0...10_000_000), "How many participants it has."),
      .may("description", .text, "What happens in it."),
      .may("interventions", .texts, "The names of its interventions."),
    ])

  static let intervention = Shape(
    name: "intervention", meaning: "An intervention.",
    fields: [
      .must("type", .term(TrialRecord.InterventionType.self), "The registry's kind."),
      .must("name", .text, "The name."),
      .may("description", .text, "What it is."),
      .may("doses", .list(of: dose), "How much of it is given."),
    ])

  static let dose = Shape(
    name: "dose", meaning: "How much is given, of what, how and when.",
    fields: [
      .must("kind", .term(TrialRecord.DoseKind.self), "What the amount counts."),
      .may("amount", .amount, "The amount, such as 150 or 2e11."),
      .may("alternatives", .list(.amount), "The other amounts that the source may mean."),
      .may("unit", .text, "The unit of the amount: particles, cells, mg."),
      .may("per", .text, "What the amount is for: dose, course."),
      .may("route", .text, "By what way."),
      .may("volume", .text, "In what volume."),
      .may("duration", .text, "Over what time."),
      .may("schedule", .text, "When."),
      .may("times", .whole(1...10_000), "How many times."),
      .may("ambiguity", .text, "What the source leaves unclear."),
      .may("reading", .text, "How it is read here, and why."),
    ])

  static let schedule = Shape(
    name: "schedule", meaning: "When participants are treated and seen.",
    fields: [
      .must("anchor", .text, "The event that days count from."),
      .must("anchorDay", .whole(0...1), "The number that the trial gives that day, 0 or 1."),
      .may("note", .text, "What the source leaves open."),
      .must("plans", .list(of: plan), "One for each group of arms, or each reading."),
    ])

  static let plan = Shape(
    name: "plan", meaning: "The days of treatment and the visits of some arms.",
    fields: [
      .must("name", .text, "The name."),
      .may("arms", .texts, "The labels of the arms; all where it is left out."),
      .may("note", .text, "Why it exists beside others, and which one is taken."),
      .may("dosingDays", .list(.whole(-10_000...10_000)), "As the trial counts days."),
      .may("dosingWeeks", .list(.whole(-1000...1000)), "Weeks after the anchor."),
      .may("visits", .list(of: visit), "The visits."),
    ])

  static let visit = Shape(
    name: "visit", meaning: "A visit: give one of day, week and month.",
    fields: [
      .must("name", .text, "The name."),
      .may("day", .whole(-10_000...10_000), "The day as the trial counts them."),
      .may("week", .whole(-1000...1000), "Weeks after the anchor."),
      .may("month", .whole(-500...500), "Calendar months after the anchor."),
      .may("before", .whole(0...1000), "Days that the visit may be early."),
      .may("after", .whole(0...1000), "Days that the visit may be late."),
      .may("assessments", .texts, "What is done."),
    ])

  static let criterion = Shape(
    name: "criterion", meaning: "A rule of who may take part: give expression, attest, or both.",
    fields: [
      .must("id", .identifier, "The number within the trial: I4, E1a."),
      .must("polarity", .term(Criterion.Polarity.self), "Whether it admits or excludes."),
      .must("text", .text, "The rule in short words."),
      .may("expression", .expression, "The rule in the criteria language."),
      .may(
        "attest", .term(Criterion.Attestation.self),
        "true: a person must answer; whenMet: a person decides, only where the expression holds."),
      .may("ambiguity", .text, "What the source leaves unclear."),
      .may("reading", .text, "How it is read here, and why."),
      .may("conflict", .mapping(conflict), "Criteria of this source that contradict this one."),
    ])

  static let conflict = Shape(
    name: "conflict", meaning: "A contradiction between criteria of one source.",
    fields: [
      .must("with", .list(.identifier), "The ids of the other criteria."),
      .must("how", .text, "How they contradict each other."),
    ])

  static let outcome = Shape(
    name: "outcome", meaning: "An outcome.",
    fields: [
      .must("measure", .text, "What is measured."),
      .may("description", .text, "How."),
      .may("timeFrames", .texts, "When, as the source says it."),
      .may("scores", .list(.identifier), "Ids of the scores that it uses, such as meldNa."),
    ])

  static let location = Shape(
    name: "location", meaning: "A site.",
    fields: [
      .must("facility", .text, "The institution."),
      .may("city", .text, "The city."),
      .may("state", .text, "The state or province."),
      .must("country", .text, "The country."),
      .may("zip", .text, "The postal code."),
      .may("status", .term(TrialRecord.Status.self), "Whether the site recruits."),
      .may("contacts", .list(of: contact), "Whom to ask there; no e-mail addresses."),
    ])

  static let contact = Shape(
    name: "contact", meaning: "Whom to ask: a name or an institution; no e-mail addresses.",
    fields: [
      .must("role", .term(TrialRecord.ContactRole.self), "In what role."),
      .may("name", .text, "The name, with degrees."),
      .may("affiliation", .text, "The institution."),
      .may("phone", .text, "The telephone number of the office."),
    ])

  static let reference = Shape(
    name: "reference", meaning: "A publication.",
    fields: [
      .may("pmid", .identifier, "The PubMed identifier."),
      .must("citation", .text, "First author, year and journal."),
      .must("type", .term(TrialRecord.ReferenceType.self), "What it is to the study."),
    ])

  static let contradiction = Shape(
    name: "contradiction", meaning: "A place where the source contradicts itself.",
    fields: [
      .must("text", .text, "What is wrong."),
      .may("where", .text, "Where in the source."),
    ])
}
