def log = new File(basedir, 'build.log').text
[
  'SENT_Object_in_form_place_of_withForm',
  'SENT_Array_without_explode_in_form_tags_of_withForm',
  'SENT_File_in_form_without_parts_file_of_withForm',
  'SENT_Deep_object_filter_of_withDeepObject',
  'SENT_Object_in_query_filter_of_withObject',
  'SENT_Array_or_object_in_path_ids_of_withPathArray',
  'SENT_Array_or_object_in_cookie_ids_of_withCookieArray',
  'SENT_Object_in_header_xFilter_of_withHeaderObject',
  'SENT_Array_of_objects_filters_of_withObjects',
  'SENT_Bytes_outside_a_body_key_of_withBase64',
  'SENT_Body_that_is_not_JSON_of_withXml',
  'SENT_Body_without_schema_of_withoutSchema',
].each {
  assert log.contains('class CANNOT_BE_' + it): "The build did not say ${it}"
}
