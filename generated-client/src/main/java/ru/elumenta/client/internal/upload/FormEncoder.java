package ru.elumenta.client.internal.upload;

import feign.RequestTemplate;
import feign.codec.Encoder;
import java.lang.reflect.Type;

/**
 * Puts the header of a form into a request. The form itself is no part of Feign's request, unless
 * it was taken into memory: the transport reads it from its source.
 */
public final class FormEncoder implements Encoder {
  @Override
  public void encode(Object value, Type type, RequestTemplate template) {
    SpeechForm form = (SpeechForm) value;
    template.header("Content-Type", form.contentType());
    if (form.whole() != null) {
      template.body(form.whole(), null);
    }
  }
}
