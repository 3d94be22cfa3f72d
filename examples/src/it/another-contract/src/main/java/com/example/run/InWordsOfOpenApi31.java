package com.example.run;

import static com.example.run.CallAPetShop.check;

import com.example.album31.api.AlbumApi;
import com.example.album31.model.Frame;
import java.util.Arrays;
import java.util.List;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.FileContent;

/** Constants, tuples, several types in one, and files that have no schema. */
final class InWordsOfOpenApi31 {
  private InWordsOfOpenApi31() {}

  static void call(ElumentaClient client, Received received) {
    AlbumApi album = client.api(AlbumApi.class);
    Frame frame =
        new Frame()
            .kind(Frame.KindEnum.FRAME)
            .version(Frame.VersionEnum.NUMBER_2)
            .corner(List.of("left", 3))
            .width(7)
            .height("tall")
            .title("T");

    Frame same = album.addFrame(frame);

    check(
        "{\"kind\":\"frame\",\"version\":2,\"corner\":[\"left\",3],\"width\":7,\"height\":\"tall\",\"title\":\"T\"}",
        received.text());
    check(frame, same);

    byte[] bytes = {0, 1, (byte) 0xfe};
    album.addPhoto(FileContent.of("p.png", bytes));
    check(true, received.text().contains("name=\"photo\"; filename=\"p.png\""));
    check(true, Arrays.equals(bytes, album.putPhoto(FileContent.of(null, bytes))));
  }
}
