def contract = new File(basedir, 'openapi/src/main/resources/elumenta-openapi')
assert new File(contract, 'openapi.yaml').text.contains('version: 3.0.0')
assert new File(contract, 'examples/models.yaml').text.contains("token_cost: '5'")
def reports = new File(basedir, 'openapi/target/surefire-reports').listFiles().findAll { it.name.endsWith('.xml') }
assert reports.size() > 5 : 'The guards did not run'
def bundle = new File(basedir, 'openapi/target/bundled/elumenta.yaml').text
assert bundle.contains('context_window:')
