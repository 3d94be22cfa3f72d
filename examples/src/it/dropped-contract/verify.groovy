def log = new File(basedir, 'build.log').text
[
  'CALLED_Webhook_thingAdded',
  'SENT_Reserved_signs_address of GET /reserved',
  'SENT_Body_of_type_multipart/mixed of POST /mixed',
  'SENT_Headers_of_part_a of POST /part',
].each {
  assert log.contains('CANNOT_BE_' + it): "The build did not say ${it}"
}
