def source = new File(basedir, 'src/main/kotlin/com/example/kotlin/Misuse.kt')
def expected = [] as TreeSet
source.eachLine('UTF-8') { line, number -> if (line.endsWith('// refused')) expected << number }
def log = new File(basedir, 'build.log').text
def refused = (log =~ /(?m)^.*ERROR.*Misuse\.kt:\W*(\d+)/).collect { it[1] as int } as TreeSet
assert expected.size() == 12
assert refused == expected: "Refused at ${refused}, and not at ${expected}"
