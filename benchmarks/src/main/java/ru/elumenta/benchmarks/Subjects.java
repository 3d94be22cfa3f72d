package ru.elumenta.benchmarks;

/** All that is measured, by name. */
final class Subjects {
  static final String PREFIX_OPEN = "open calls: ";

  private Subjects() {}

  static Subject of(String name, String address) {
    if (name.startsWith(PREFIX_OPEN)) {
      return ElumentaSubjects.withOpenCalls(Integer.parseInt(name.substring(PREFIX_OPEN.length())));
    }
    return switch (name) {
      case "memory: api, GET" -> ElumentaSubjects.read();
      case "memory: api, POST" -> ElumentaSubjects.create();
      case "memory: generate" -> ElumentaSubjects.generate();
      case "memory: everything on" -> ElumentaSubjects.everything();
      case "memory: generate, metrics" -> ObservedSubjects.metrics();
      case "memory: generate, metrics and spans" -> ObservedSubjects.spans();
      case "memory: Feign, GET" -> FeignSubjects.read();
      case "memory: Feign, POST" -> FeignSubjects.create();
      case "this client" -> ElumentaSubjects.overLoopback(address);
      case "Feign, same transport" -> FeignSubjects.onOurTransport(address);
      case "Feign, OkHttp" -> FeignSubjects.onOkHttp(address);
      case "jdk HttpClient" -> PeerSubjects.jdk(address);
      case "HttpClient 5" -> PeerSubjects.httpClient5(address);
      case "OkHttp" -> PeerSubjects.okHttp(address);
      case "Retrofit" -> PeerSubjects.retrofit(address);
      case "openai-java" -> PeerSubjects.openAi(address);
      case "stream, this client" -> ElumentaSubjects.stream(address);
      case "stream, jdk lines" -> PeerSubjects.jdkStream(address);
      case "download, this client" -> ElumentaSubjects.download(address);
      case "download, jdk" -> PeerSubjects.jdkDownload(address);
      case "download, OkHttp" -> PeerSubjects.okHttpDownload(address);
      case "upload, this client" -> ElumentaSubjects.upload(address, Transfers.LENGTH);
      case "upload, jdk" -> PeerSubjects.jdkUpload(address, Transfers.LENGTH);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
