package com.example.run;

import static com.example.run.CallAPetShop.check;

import com.example.album.api.AlbumApi;
import com.example.album.model.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.FileContent;

/** Sends what is no JSON, and looks at the bytes that arrived. */
public final class CallAnAlbum {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 0, (byte) 0xff};

  private CallAnAlbum() {}

  public static void main(String[] args) throws IOException {
    try (Received received = new Received();
        ElumentaClient client =
            ElumentaClient.builder().apiKey("a-key").baseUrl(received.url()).build()) {
      AlbumApi album = client.api(AlbumApi.class);
      aFormWithFiles(album, received);
      aFormInOneLine(album, received);
      listsAndCookies(album, received);
      filesAndText(album, received);
      InWordsOfOpenApi31.call(client, received);
    }
  }

  private static void aFormWithFiles(AlbumApi album, Received received) throws IOException {
    Path onDisk = Files.createTempFile("photo", ".bin");
    Files.write(onDisk, new byte[] {1, 2, 3});

    album.addPhoto(
        "path id",
        "form id",
        FileContent.of("a\"b\r\nü.png", PNG),
        List.of(FileContent.of(onDisk), FileContent.of("c.gif", PNG).withType("image/gif")),
        List.of("grün", "a,b"),
        new Place().name("Köln"),
        Instant.parse("2026-03-08T12:00:00Z"),
        "said");

    check("POST /v1/albums/path%20id", received.line());
    String png = new String(PNG, StandardCharsets.ISO_8859_1);
    check(
        part("id", null, "form id")
            + part("photo\"; filename=\"a%22b__" + latin("ü") + ".png", "image/png", png)
            + part(
                "more\"; filename=\"" + onDisk.getFileName(),
                "application/octet-stream",
                "\u0001\u0002\u0003")
            + part("more\"; filename=\"c.gif", "image/gif", png)
            + part("tags", null, latin("grün"))
            + part("tags", null, "a,b")
            + part("place", "application/json", latin("{\"name\":\"Köln\"}"))
            + part("taken", null, "2026-03-08T12:00:00Z")
            + part("note", "application/json", "\"said\"")
            + "--B--\r\n",
        received.text());
    album.addPhoto("7", "8", FileContent.of("p", PNG), null, null, null, null, null);
    check(
        part("id", null, "8") + part("photo\"; filename=\"p", "image/png", png) + "--B--\r\n",
        received.text());
    Files.delete(onDisk);
    byte[] before = received.bytes();
    refused(() -> album.addPhoto("7", "8", FileContent.of(onDisk), null, null, null, null, null));
    check(true, before == received.bytes()); // nothing was sent
  }

  private static void aFormInOneLine(AlbumApi album, Received received) {
    album.search("50 % & ü=", List.of("a b", "c"), LocalDate.of(2026, 3, 8));

    check("text=50+%25+%26+%C3%BC%3D&tags=a+b&tags=c&since=2026-03-08", received.text());
    check("application/x-www-form-urlencoded", received.header("Content-Type"));
    album.search(null, null, null);
    check("", received.text());
  }

  private static void listsAndCookies(AlbumApi album, Received received) {
    album.listPhotos(List.of("a,b", "c d"), List.of("red", "b&w"), List.of(1L, 2L), List.of("x", "y"), "s1", "dark");

    check("GET /v1/search?ids=a%2Cb,c%20d&colours=red%7Cb%26w&sizes=1%202", received.line());
    check("x,y", received.header("X-Tags"));
    check("session=s1; theme=dark", received.header("Cookie"));
    album.listPhotos(null, null, null, null, null, "dark");
    check("GET /v1/search", received.line());
    check("none", received.header("X-Tags"));
    check("theme=dark", received.header("Cookie"));
    album.listPhotos(List.of("one"), null, null, null, null, null);
    check("GET /v1/search?ids=one", received.line());
    check("none", received.header("Cookie"));
    refused(() -> album.listPhotos(null, null, null, null, "a; admin=1", null));
    refused(() -> album.listPhotos(null, List.of("a|b", "c"), null, null, null, null));
    check("GET /v1/search?ids=one", received.line()); // nothing was sent
  }

  private static void filesAndText(AlbumApi album, Received received) {
    byte[] same = album.putPhoto("7", FileContent.of(null, PNG).withType("image/png"));

    check(true, Arrays.equals(PNG, received.bytes()) && Arrays.equals(PNG, same));
    check("image/png", received.header("Content-Type"));
    check(0, album.putPhoto("7", null).length);
    check(true, Arrays.equals(PNG, album.putPhotoWithResponse("7", FileContent.of("x", PNG)).body()));
    check("application/octet-stream", received.header("Content-Type"));

    check("{grün}\r\n", album.putNote("{grün}\r\n"));
    check(latin("{grün}\r\n"), received.text());
    check("text/plain", received.header("Content-Type"));
  }

  private static String part(String name, String type, String content) {
    return "--B\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n"
        + (type == null ? "" : "Content-Type: " + type + "\r\n")
        + "\r\n"
        + content
        + "\r\n";
  }

  /** A text as its bytes in UTF-8, each as one sign. */
  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static void refused(Runnable call) {
    try {
      call.run();
    } catch (IllegalArgumentException e) {
      check(true, e.getMessage().endsWith("nothing was sent."));
      return;
    }
    throw new IllegalStateException("It was not refused.");
  }
}
