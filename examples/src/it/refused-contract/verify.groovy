def log = new File(basedir, 'build.log').text
[
  'SENT_Cookie_parameter_session_of_withCookie',
  'SENT_Form_field_name_of_withForm',
  'SENT_Form_field_file_of_withMultipart',
  'SENT_Array_without_explode_ids_of_withCommas',
  'SENT_Array_without_explode_ids_of_withPipes',
  'SENT_Deep_object_filter_of_withDeepObject',
  'SENT_Object_in_query_filter_of_withObject',
  'SENT_Array_or_object_in_header_xIds_of_withHeaderArray',
  'SENT_Array_or_object_in_path_ids_of_withPathArray',
  'SENT_Binary_body_of_withBytes',
  'SENT_Body_that_is_not_JSON_of_withText',
  'READ_Binary_answer_of_withFile',
].each {
  assert log.contains('class CANNOT_BE_' + it): "The build did not say ${it}"
}
