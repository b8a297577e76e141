"""A small scenario to practise with, as the text of its file."""

SHORT_TALK = """\
format: 1
id: short-talk
title: A short talk
sector: social work
difficulty: 1
minutes: 2
practises: [active listening]
rubrics: [active-listening]
summary: Two moments with Ada, for trying things out.
brief: Ada waits at the desk.
desk:
  know:
    - The office closes at five.
objectives:
  moved: {text: Get past the first moment, met: visited second}
client:
  name: Ada
  about: 50, waiting since nine.
  temperament: guarded
meters:
  trust: {start: 30, good: high, words: [shut, wary, listening, open]}
knows:
  work:
    answers:
      - {asks: [any], line: "I mend clocks."}
start: first
states:
  first:
    line: "I have been waiting since nine and I am tired."
    does: She does not look up.
    cues:
      tired: {feeling: [tired, worn out], about: [waiting, nine, morning]}
    hint: ["She named a feeling.", "She is tired.", "Say that she is tired."]
    model_reply: "You have been waiting since nine and you are worn out."
    transitions:
      - {when: any_reflection, effects: {trust: +10}, to: second}
      - {when: any_roadblock, effects: {agitation: +20}, line: "No need for that."}
    otherwise: {line: ["Since nine.", "It has been a long morning.", "Nobody has called me."]}
  second:
    line: "What happens now?"
    cues:
      now: {question: [happens now, next], answered_by: [call, letter, five]}
    hint: ["She asked something.", "What happens now.", "Tell her what comes next."]
    model_reply: "You are worn out from waiting, so let me say what happens: I will call you before five."
    transitions:
      - {when: turns_here >= 2, to: done}
      - {when: answered now, to: done}
    otherwise: {line: ["And then?", "I would like to know.", "Tell me what is next."]}
endings:
  done: {outcome: met, relationship: stronger, line: "Thank you. I will go home.", debrief: "You heard her."}
tests:
  - name: hearing her leads on
    turns:
      - {as: [complex_reflection of tired], state: second}
"""
