#!/usr/bin/env python3
"""Reads the TRX files of a run: fails for a failed test, a run that was aborted, a suite without a test that ran, a skipped test that tests/skips.txt does not list with a reason, and a
listed test that no longer exists. Prints each suite, and "N passed, N failed, N skipped" as its last line."""
import glob, os, sys, xml.etree.ElementTree as xml

NS = {'t': 'http://microsoft.com/schemas/VisualStudio/TeamTest/2010'}
results, root = sys.argv[1], os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# A project of the solution that tests can be run in; what they share is a project without.
solution = open(f'{root}/Actors.sln', encoding='utf-8-sig').read()
suites = {os.path.basename(p)[:-len('.csproj')].lower(): dict(Passed=0, Failed=0, Skipped=0)
          for p in glob.glob(f'{root}/tests/*/*.csproj') if os.path.basename(p) in solution and 'Microsoft.NET.Test.Sdk' in open(p, encoding='utf-8').read()}
names, skipped, problems = set(), {}, []

for path in glob.glob(f'{results}/**/*.trx', recursive=True):
    tree = xml.parse(path).getroot()
    for fault in tree.iterfind('.//t:RunInfo[@outcome="Error"]/t:Text', NS):
        if 'aborted' in (fault.text or '') or 'crash' in (fault.text or ''): problems.append(f'{os.path.basename(path)}: {fault.text}')
    tests = {}
    for unit in tree.iterfind('.//t:UnitTest', NS):
        method = unit.find('t:TestMethod', NS)
        suite = os.path.basename(method.get('codeBase').replace('\\', '/'))[:-len('.dll')].lower()
        tests[unit.get('id')] = (suite, f"{method.get('className')}.{method.get('name').split('(')[0]}")
    for result in tree.iterfind('.//t:UnitTestResult', NS):
        suite, name = tests[result.get('testId')]
        outcome = {'Passed': 'Passed', 'NotExecuted': 'Skipped'}.get(result.get('outcome'), 'Failed')
        suites.setdefault(suite, dict(Passed=0, Failed=0, Skipped=0))[outcome] += 1
        names.add(name)
        if outcome == 'Failed':
            # Enough to know the cause where only the end of the output is kept.
            message = ' '.join((result.findtext('.//t:ErrorInfo/t:Message', '', NS)).split())
            problems.append(f'failed: {name}: {message[:600]}')
        if outcome == 'Skipped': skipped[name] = ' '.join((result.findtext('.//t:StdOut', '', NS) or result.findtext('.//t:Message', '', NS)).split())

listed = {}
for number, line in enumerate(open(f'{root}/tests/skips.txt', encoding='utf-8'), 1):
    if not line.strip() or line.startswith('#'): continue
    name, _, reason = line.rstrip('\n').partition('\t')
    if not reason.strip(): problems.append(f'tests/skips.txt, line {number}: {name} has no reason')
    listed[name] = reason

for name, why in sorted(skipped.items()):
    print(f'skipped: {name}: {why}')
    if name not in listed: problems.append(f'skipped, but not in tests/skips.txt: {name}')
problems += [f'in tests/skips.txt, but no such test: {name}' for name in listed if name not in names]
for suite, count in sorted(suites.items()):
    print(f"{suite}: {count['Passed']} passed, {count['Failed']} failed, {count['Skipped']} skipped")
    if count['Passed'] + count['Failed'] == 0: problems.append(f'no test ran in {suite}')

for problem in problems: print('PROBLEM: ' + problem)
total = lambda what: sum(c[what] for c in suites.values())
print(f"{total('Passed')} passed, {total('Failed')} failed, {total('Skipped')} skipped")
sys.exit(1 if problems else 0)
