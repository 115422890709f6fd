"""Decides scripts in SMT-LIB with cvc5: a line of JSON for each, a line of JSON for each answer."""

import json
import re
import sys
import time

import cvc5

MILLISECONDS = 10000


def solve(script, core, values):
    """The answer, with the values of the variables or the names of assertions that exclude each other."""
    solver = cvc5.Solver(cvc5.TermManager())
    options = {"produce-models": "true", "strings-exp": "true", "tlimit-per": str(MILLISECONDS)}
    if core:
        options["produce-unsat-cores"] = "true"
    for name, value in options.items():
        solver.setOption(name, value)
    parser = cvc5.InputParser(solver)
    symbols = parser.getSymbolManager()
    result = run(solver, parser, symbols, "(set-logic ALL)\n" + script + "\n(check-sat)").strip()
    answer = {"result": result}
    if result == "sat" and values:
        names = re.findall(r"^\(declare-const (\w+) ", script, re.MULTILINE)
        answer["values"] = run(solver, parser, symbols, "(get-value (" + " ".join(names) + "))")
    if result == "unsat" and core:
        answer["core"] = run(solver, parser, symbols, "(get-unsat-core)")
    return answer


def run(solver, parser, symbols, text):
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "script")
    output = ""
    while True:
        command = parser.nextCommand()
        if command.isNull():
            return output
        output += command.invoke(solver, symbols)


for line in sys.stdin:
    question = json.loads(line)
    start = time.time()
    try:
        answer = solve(question["script"], question.get("core", False), question.get("values", False))
    except Exception as error:  # the answer says what is wrong with the script
        answer = {"result": "error", "error": str(error)}
    answer["id"] = question["id"]
    answer["seconds"] = round(time.time() - start, 3)
    print(json.dumps(answer), flush=True)
