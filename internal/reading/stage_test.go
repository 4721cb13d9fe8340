package reading

import (
	"context"
	"slices"
	"strings"
	"testing"

	"entente/internal/reading/french"
	"entente/internal/reading/rule"

	"github.com/google/go-cmp/cmp"
)

// opening presents three parties, for texts of which another part is tested.
const opening = `Convention de partenariat

Entre

La Communauté de communes du Lac, représentée par son président, ci-après « la Communauté »

La Caisse d’allocations familiales du Nord, représentée par sa directrice, ci-après « la Caf »

La Commune de Brume, représentée par son maire, ci-après « la Ville »

`

// stage reads a text made of an opening and articles, and gives the facts of some kinds as the corpus writes them.
func stage(t *testing.T, text string, kinds ...Kind) []string {
	t.Helper()
	r, err := Read(context.Background(), "a.txt", []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range r.Facts {
		if slices.Contains(kinds, f.Kind) {
			out = append(out, canon(r, f))
		}
	}
	return out
}

// articles makes a text of the opening and an article, with what a convention has besides.
func articles(heading, body string) string {
	return opening + "Article 1 – Objet\n\nLa convention a pour objet de coopérer.\n\nArticle 2 – " + heading + "\n\n" + body +
		"\n\nArticle 3 – Divers\n\nLes annexes complètent la convention.\n"
}

// TestStageParties reads openings of many layouts.
func TestStageParties(t *testing.T) {
	rest := "\n\nArticle 1 – Objet\n\nLa convention a pour objet de coopérer.\n\nArticle 2 – Durée\n\nQuatre ans.\n\nArticle 3 – Avenant\n\nPar avenant.\n"
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"lines in capitals": {"Convention\n\nENTRE :\n\nLE DÉPARTEMENT DU LAC\nAyant son siège : 1 quai Nord\nReprésenté par Mme Aude LIN\nEn sa qualité de Présidente,\nCi-après désigné « le Département »\n\nET\n\nL’UNIVERSITÉ DU LAC\nReprésentée par M. Luc SOL, son Président,\nCi-après désignée « l’Université »",
			[]string{"party | name=departement du lac | short=departement | signatory=presidente", "party | name=universite du lac | short=universite | signatory=president"}},
		"named together": {"Convention\n\nEntre\n\nLa Caf du Nord, représentée par son directeur, ci-après « la Caf »\n\nEt les communes de Brume, d’Orvac et de Saint-Just, représentées par leurs maires respectifs, ci-après « les communes »",
			[]string{"party | name=caf du nord | short=caf | signatory=directeur", "party | name=commune de brume | signatory=maire", "party | name=commune d'orvac | signatory=maire", "party | name=commune de saint-just | signatory=maire"}},
		"names given respectively": {"Convention\n\nEntre\n\nLe Département du Lac, représenté par sa présidente,\n\nLa Caisse d’allocations familiales du Lac, représentée par son directeur,\n\nCi-après dénommés respectivement « le Département » et « la Caf »,",
			[]string{"party | name=departement du lac | short=departement | signatory=presidente", "party | name=caisse d'allocations familiales du lac | short=caf | signatory=directeur"}},
		"by who heads them": {"Convention\n\nEntre :\n- Le maire de la commune de Brume,\n- Le directeur de la caisse d’allocations familiales du Lac.",
			[]string{"party | name=commune de brume | signatory=maire", "party | name=caisse d'allocations familiales du lac | signatory=directeur"}},
		"under no heading of theirs": {"Convention\n\n1. Le cadre\n\nCette convention est le fait de :\n- la Caf du Nord, représentée par son directeur, ci-après « la Caf » ;\n- la Ville de Brume, représentée par son maire, ci-après « la Ville ».\n\n2. Le pilotage\n\nUn comité de suivi est réuni.",
			[]string{"party | name=caf du nord | short=caf | signatory=directeur", "party | name=ville de brume | short=ville | signatory=maire"}},
		"a place left blank": {"Convention\n\nEntre\n\nLa Caf du Nord, représentée par son directeur, ci-après « la Caf »\n\nLa Commune de , représentée par son maire, ci-après dénommée « la Commune de Brume »",
			[]string{"party | name=caf du nord | short=caf | signatory=directeur", "party | name=commune de brume | short=commune de brume | signatory=maire"}},
		"an institution of no known kind": {"Convention\n\nEntre\n\nLa Ville de Brume, représentée par son maire, ci-après « la Ville »\n\net\n\nLe Forum citoyen de Brume,\nAssociation loi 1901,\nReprésenté par sa présidente,\nCi-après « le Forum »",
			[]string{"party | name=ville de brume | short=ville | signatory=maire", "party | name=forum citoyen de brume | short=forum | signatory=presidente"}},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(c.want, stage(t, c.text+rest, KindParty)); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestStageCommittees reads ways of setting up a committee.
func TestStageCommittees(t *testing.T) {
	all := []Kind{KindCommittee, KindSeat, KindMission, KindCadence, KindQuorum, KindMajority, KindNotice}
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"labels on one line": {"COPIL : composé du président de la Communauté et de la directrice de la Caf. Il valide le plan d’actions. Il se réunit une fois par semestre.",
			[]string{"committee | name=copil | level=unique", "seat | of=copil | party=communaute | function=president", "seat | of=copil | party=caf | function=directrice",
				"mission | of=copil | text=valide le plan d'actions | power=adopter-actions", "cadence | of=copil | min=2"}},
		"questions as labels": {"Le comité de suivi\nQui le compose ? Deux élus de la Ville.\nÀ quoi sert-il ? Il suit les actions.\nÀ quel rythme ? Une réunion tous les trois mois.",
			[]string{"committee | name=comite de suivi | level=unique", "seat | of=comite de suivi | party=ville | count=2",
				"mission | of=comite de suivi | text=suit les actions | power=garantir-continuite", "cadence | of=comite de suivi | min=4"}},
		"meets in order to": {"Comité de suivi (COSUI) :\nIl se réunit au minimum deux fois par an :\n- pour définir les orientations ;\n- pour examiner le bilan annuel.",
			[]string{"committee | name=comite de suivi | level=unique", "mission | of=comite de suivi | text=definir les orientations | power=definir-orientations",
				"mission | of=comite de suivi | text=examiner le bilan annuel | power=valider-evaluation", "cadence | of=comite de suivi | min=2"}},
		"several holders are asked for": {"Comité de suivi\nIl est composé du président de la Communauté, des maires des communes et des représentants de la Caf. Il se réunit chaque mois.",
			[]string{"committee | name=comite de suivi | level=unique", "seat | of=comite de suivi | party=communaute | function=president", "cadence | of=comite de suivi | min=12"}},
		"another body ends it": {"Comité de suivi\nIl valide le bilan annuel.\nRencontre annuelle des acteurs :\nElle adopte le plan d’actions.",
			[]string{"committee | name=comite de suivi | level=unique", "mission | of=comite de suivi | text=valide le bilan annuel | power=valider-evaluation"}},
		"brackets grant nothing": {"Comité de suivi\nIl fixe les orientations (validation du plan d’actions par ailleurs). Il se réunit autant que nécessaire.",
			[]string{"committee | name=comite de suivi | level=unique", "mission | of=comite de suivi | text=fixe les orientations (validation du plan d'actions par ailleurs) | power=definir-orientations",
				"cadence | of=comite de suivi | as-needed=oui"}},
		"rules of decision": {"Comité de suivi\nIl comprend six membres : deux élus de la Ville, deux élus de la Communauté et deux administrateurs de la Caf. Il se réunit à raison de quatre séances par an, sur convocation envoyée quinze jours avant. Le quorum est fixé à la moitié des membres. Les avis sont rendus à la majorité des deux tiers des membres présents.",
			[]string{"committee | name=comite de suivi | level=unique", "seat | of=comite de suivi | party=ville | count=2", "seat | of=comite de suivi | party=communaute | count=2",
				"seat | of=comite de suivi | party=caf | count=2", "notice | of=comite de suivi | days=15", "quorum | of=comite de suivi | share=1/2 | of=sieges",
				"majority | of=comite de suivi | share=2/3 | of=presents", "cadence | of=comite de suivi | min=4"}},
		"a column for each": {" | Comité de pilotage | Comité technique\nComposition | Le président de la Communauté, la directrice de la Caf | Deux élus de la Ville\nMissions | Valider le plan d’actions | Suivre les actions\nFréquence | Une fois par an | Tous les trimestres",
			[]string{"committee | name=comite de pilotage | level=strategique", "seat | of=comite de pilotage | party=communaute | function=president", "seat | of=comite de pilotage | party=caf | function=directrice",
				"mission | of=comite de pilotage | text=valider le plan d'actions | power=adopter-actions", "cadence | of=comite de pilotage | min=1",
				"committee | name=comite technique | level=technique", "seat | of=comite technique | party=ville | count=2", "mission | of=comite technique | text=suivre les actions | power=garantir-continuite", "cadence | of=comite technique | min=4"}},
		"a table about one": {"Comité de suivi\nComposition | Le maire de la Ville, un représentant de la Caf\nMissions | Évaluer les actions\nFréquence | 2 réunions par an",
			[]string{"committee | name=comite de suivi | level=unique", "seat | of=comite de suivi | party=ville | function=maire", "seat | of=comite de suivi | party=caf | count=1",
				"mission | of=comite de suivi | text=evaluer les actions | power=evaluer-actions", "cadence | of=comite de suivi | min=2"}},
		"one party for two seats": {"Comité de suivi\nIl est composé du maire et de deux adjoints pour la Ville, de la directrice et d’un administrateur pour la Caf.",
			[]string{"committee | name=comite de suivi | level=unique", "seat | of=comite de suivi | party=ville | function=maire", "seat | of=comite de suivi | party=ville | count=2",
				"seat | of=comite de suivi | party=caf | function=directrice", "seat | of=comite de suivi | party=caf | count=1"}},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(c.want, stage(t, articles("Gouvernance", c.body), all...)); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestStageAxes reads axes under many names and numberings.
func TestStageAxes(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"letters":     {"Axe A : Les enfants\n- Accueillir\n\nAxe B : Les aînés\n- Visiter", []string{"axis | number=1 | name=les enfants", "objective | of=les enfants | name=accueillir", "axis | number=2 | name=les aines", "objective | of=les aines | name=visiter"}},
		"volets":      {"Volet 1. Les droits\n– informer ;\n– orienter.\n\nVolet 2. La mobilité\n– conduire.", []string{"axis | number=1 | name=les droits", "objective | of=les droits | name=informer", "objective | of=les droits | name=orienter", "axis | number=2 | name=la mobilite", "objective | of=la mobilite | name=conduire"}},
		"fields":      {"Les signataires retiennent deux champs d’intervention :\n- la petite enfance ;\n- le logement.", []string{"axis | number=1 | name=la petite enfance", "axis | number=2 | name=le logement"}},
		"no number":   {"Les thématiques retenues sont :\n1. la santé,\n2. l’emploi.", []string{"axis | number=1 | name=la sante", "axis | number=2 | name=l'emploi"}},
		"a table":     {"Axes | Objectifs\nAxe 1 : Grandir | Former ; Accueillir\nAxe 2 : Vieillir | Visiter", []string{"axis | number=1 | name=grandir", "objective | of=grandir | name=former", "objective | of=grandir | name=accueillir", "axis | number=2 | name=vieillir", "objective | of=vieillir | name=visiter"}},
		"not a count": {"Les deux axes ont été évalués.\n\nLes actions suivent.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(c.want, stage(t, articles("Orientations", c.body), KindAxis, KindObjective)); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestStageAnnex holds that an annex is read for what it governs or plans, and for nothing else.
func TestStageAnnex(t *testing.T) {
	text := articles("Pilotage", "Le pilotage est décrit en annexe.") + "\nFait à Brume, le 3 mars 2024\n\nLe président de la Communauté\n\nANNEXE 1 – DIAGNOSTIC\n\nUn comité des fêtes se réunit chaque mois.\n\n" +
		"ANNEXE 2 – PLAN D’ACTIONS\n\nAxe 1 : Grandir\nObjectif 1.1 : Accueillir\n\nAxe 2 : Vieillir\nObjectif 2.1 : Visiter\n\nANNEXE 3 – MODALITÉS DE PILOTAGE\n\nLe comité de pilotage\nIl se réunit une fois l’an.\n"
	want := []string{"axis | number=1 | name=grandir", "objective | of=grandir | name=accueillir", "axis | number=2 | name=vieillir", "objective | of=vieillir | name=visiter",
		"committee | name=comite de pilotage | level=unique", "cadence | of=comite de pilotage | min=1"}
	if d := cmp.Diff(want, stage(t, text, KindAxis, KindObjective, KindCommittee, KindCadence)); d != "" {
		t.Error(d)
	}
}

// TestStagePeriod reads durations, ends and renewals.
func TestStagePeriod(t *testing.T) {
	for body, want := range map[string]string{
		"La convention est conclue pour une période de 5 ans à compter de la date de sa signature.":                                                                     "period | from=signature | months=60",
		"Elle est conclue pour la période allant de la date de sa signature au 31 décembre 2030.":                                                                       "period | from=signature | to=2030-12-31",
		"La convention est signée pour une durée de trois ans renouvelable une fois par tacite reconduction pour la même durée.":                                        "period | months=36 | tacit=36",
		"La convention prend effet au 1er janvier 2024 pour une durée de cinq ans. Elle ne peut être reconduite tacitement.":                                            "period | from=2024-01-01 | months=60",
		"La convention est conclue du 1er janvier 2022 au 31 décembre 2025. Elle ne fait pas l’objet d’une tacite reconduction.":                                        "period | from=2022-01-01 | to=2025-12-31",
		"La présente convention est applicable à compter de sa date de signature, et ce jusqu’au 31 mars 2026.":                                                         "period | from=signature | to=2026-03-31",
		"La convention est conclue pour une durée de trois (3) ans à compter du 1er mars 2025. Elle est renouvelable par tacite reconduction pour une période d’un an.": "period | from=2025-03-01 | months=36 | tacit=12",
	} {
		got := stage(t, articles("Durée", body), KindPeriod)
		if d := cmp.Diff([]string{want}, got); d != "" {
			t.Errorf("%s\n%s", body, d)
		}
	}
}

// TestStageDuties reads who promises what, evaluations and ends.
func TestStageDuties(t *testing.T) {
	for name, c := range map[string]struct {
		heading, body string
		want          []string
	}{
		"collectivities together": {"Engagements", "La Caf et les collectivités s’engagent à coopérer durablement.", []string{"commitment | text=cooperer durablement"}},
		"a pronoun":               {"Engagements de la Caf", "Elle s’engage à verser une subvention.", []string{"commitment | text=verser une subvention | parties=caf"}},
		"a pronoun after a party": {"Engagements", "La Ville dispose d’une salle. Elle s’engage à la prêter chaque semaine.", []string{"commitment | text=la preter chaque semaine | parties=ville"}},
		"verb, then rhythm":       {"Évaluation", "Les parties procèdent tous les deux ans à une évaluation de la convention.", []string{"evaluation | object=convention | months=24"}},
		"to leave":                {"Sortie", "Un signataire peut quitter la convention en prévenant les autres six mois à l’avance.", []string{"termination | notice=6 mois"}},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(c.want, stage(t, articles(c.heading, c.body), KindCommitment, KindEvaluation, KindTermination)); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestStageSignatures reads blocks of signatures in lines and in columns.
func TestStageSignatures(t *testing.T) {
	want := []string{"signature | party=communaute | function=president", "signature | party=caf | function=directrice", "signature | party=ville | function=maire"}
	for name, foot := range map[string]string{
		"lines":            "Fait à Brume, le 3 mars 2024\n\nLe président de la Communauté\n\nLa directrice de la Caf\n\nLe maire de la Ville",
		"on behalf":        "Fait à Brume, le 3 mars 2024\n\nPour la Communauté,\nLe président\nJean DUPONT\n\nPour la Caf,\nLa directrice\nAude LIN\n\nPour la Ville,\nLe maire\nLuc SOL",
		"columns":          "Fait à Brume, le 3 mars 2024\n\nPour la Communauté        Pour la Caf        Pour la Ville\nLe président              La directrice      Le maire",
		"place and day":    "À Brume, le 3 mars 2024\n\nPour la Communauté, le président\n\nPour la Caf, la directrice\n\nPour la Ville, le maire",
		"a column a party": "Fait à Brume, le 3 mars 2024\n\nLe président de la Communauté        La directrice de la Caf        Le maire de la Ville",
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(want, stage(t, articles("Durée", "Quatre ans.")+"\n"+foot+"\n", KindSignature)); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestStageTerritory reads the place in the title before the party that signs.
func TestStageTerritory(t *testing.T) {
	for title, want := range map[string]string{
		"Projet social de territoire de l’Étampois Sud-Essonne": "territory | name=etampois sud-essonne",
		"Contrat de ville de Brume 2024-2030":                   "territory | name=brume",
		"Charte « Bien vieillir au Pays du Lac »":               "territory | name=communaute de communes du lac",
		"Convention du réseau parentalité du Val d’Orne":        "territory | name=val d'orne",
		"Contrat local de santé de la Communauté du Lac":        "territory | name=communaute du lac",
		"Convention de partenariat":                             "territory | name=communaute de communes du lac",
	} {
		text := strings.Replace(articles("Durée", "Quatre ans."), "Convention de partenariat", title, 1)
		if d := cmp.Diff([]string{want}, stage(t, text, KindTerritory)); d != "" {
			t.Errorf("%s: %s", title, d)
		}
	}
}

// TestStageLineage reads earlier agreements, however they are told.
func TestStageLineage(t *testing.T) {
	for told, want := range map[string]string{
		"En 2017, la Caf et la Communauté ont signé une première convention.":           "lineage | from=2017",
		"La Caf et la Communauté partagent depuis 2015 un contrat enfance jeunesse.":    "lineage | from=2015",
		"La Ville a signé la convention d’adhésion au programme le 27 mai 2021.":        "lineage | from=2021-05-27",
		"Un contrat de ville 2015-2023 a précédé le présent texte.":                     "lineage | from=2015 | to=2023",
		"Depuis 2006, la Ville et la Caf sont liées par des contrats enfance jeunesse.": "lineage | from=2006",
	} {
		text := strings.Replace(articles("Durée", "Quatre ans."), "Article 1", "Préambule\n\n"+told+"\n\nArticle 1", 1)
		if d := cmp.Diff([]string{want}, stage(t, text, KindLineage)); d != "" {
			t.Errorf("%s: %s", told, d)
		}
	}
}

// TestAbbreviations holds that two ways of saying the name of a committee compare equal.
func TestAbbreviations(t *testing.T) {
	for in, want := range map[string]string{"COPIL": "comite de pilotage", "le COTECH,": "le comite technique", "comités de pilotage": "comite de pilotage", "CO-PIL": "comite de pilotage"} {
		if got := singular(french.Key(in)); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

// TestTimesAYear holds how often in a year each word of a rhythm is.
func TestTimesAYear(t *testing.T) {
	r := &reader{book: rule.Standard()}
	for word, want := range map[string]int{"an": 1, "annee civile": 1, "semestre": 2, "trimestre": 4, "mois": 12, "semaine": 52, "periode de douze mois": 1, "bimestriel": 6, "quadrimestre": 3, "jour": 0} {
		if got := r.timesAYear(word); got != want {
			t.Errorf("%q is %d times a year, want %d", word, got, want)
		}
	}
}

// TestLocate finds words as people copy them.
func TestLocate(t *testing.T) {
	r, err := Read(context.Background(), "a.txt", []byte(articles("Durée", "La convention est conclue pour\nquatre ans.")), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]string{
		"conclue pour quatre ans":         "conclue pour quatre ans",
		"  CONCLUE  POUR quatre ans ":     "conclue pour quatre ans",
		"«la Ville»":                      "",
		"Article 2 – Durée La convention": "Article 2 – Durée\n\nLa convention",
		"pour cinq ans":                   "",
		"":                                "",
		"à":                               "",
	} {
		s, ok := r.Locate(words)
		if ok != (want != "") || ok && r.Words(s) != want {
			t.Errorf("%q is found %v at %q, want %q", words, ok, r.Words(s), want)
		}
	}
}

// TestAdded holds that an added fact stands with those read, that it goes with what it belongs to, and that one whose words
// are no longer there is lost.
func TestAdded(t *testing.T) {
	r, err := Read(context.Background(), "a.txt", []byte(articles("Durée", "La convention est conclue pour quatre ans.")), Options{})
	if err != nil {
		t.Fatal(err)
	}
	span, _ := r.Locate("quatre ans")
	var d Decisions
	axis := d.Add(Added{Kind: KindAxis, Values: map[string]string{"number": "1", "name": "Durer"}, Span: span, Words: "quatre ans"})
	aim := d.Add(Added{Kind: KindObjective, Parent: axis, Values: map[string]string{"name": "Tenir"}, Span: span, Words: "quatre ans"})
	with := d.With(r)
	if f := with.Find(aim); f == nil || f.Clause != "2" || f.Get("name") != "Tenir" || len(r.Facts) == len(with.Facts) || d.With(with) == nil {
		t.Fatalf("added: %+v", f)
	}
	if slices.Contains(with.NotFound, KindAxis) || !slices.Contains(r.NotFound, KindAxis) {
		t.Error("what was added is still said to be missing")
	}
	if c := Propose(r, d); len(c.Axes) != 1 || len(c.Axes[0].Objectives) != 1 {
		t.Errorf("the file has %+v", c.Axes)
	}
	d.Added[0].Span.Start++ // the text is cut otherwise
	if lost := d.Settle(r); lost != 0 || d.Added[0].Span != span {
		t.Errorf("%d lost, at %v", lost, d.Added[0].Span)
	}
	d.Added[0].Words = "cinq ans"
	if lost := d.Settle(r); lost != 1 || len(d.Added) != 0 || len(d.Facts) != 0 {
		t.Errorf("%d lost, %+v stay", lost, d.Added)
	}
}

// TestSeveral holds which questions take several answers, and that each answer counts.
func TestSeveral(t *testing.T) {
	facts := []Fact{{ID: "committee-1/mission-1", Kind: KindMission}}
	q := Question{ID: "q", Kind: KindMission, Parent: "committee-1/mission-1", Field: "power"}
	if got := answer(facts, q, "proposer-actions\nactualiser-plan")[0].Fields; !q.Several() || len(got) != 2 {
		t.Errorf("powers: %+v", got)
	}
	q = Question{ID: "q", Kind: KindSeat, Parent: "committee-1", Field: "party"}
	got := answer(nil, q, "party-1\nparty-2")
	if !q.Several() || len(got) != 2 || got[0].ID == got[1].ID || got[1].Get("party") != "party-2" {
		t.Errorf("seats: %+v", got)
	}
	if q.Draft = []Field{{Name: "count", Value: "2"}}; q.Several() {
		t.Error("a counted seat takes several parties")
	}
}
