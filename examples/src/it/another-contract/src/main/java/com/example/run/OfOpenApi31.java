package com.example.run;

import com.example.pets31.api.PetsApi;
import com.example.pets31.model.Card;
import com.example.pets31.model.Cat;
import com.example.pets31.model.Dog;
import com.example.pets31.model.Pet;
import java.util.List;
import ru.elumenta.client.ElumentaClient;

/** The same shop by its description in OpenAPI 3.1: what may be null is a list of types there. */
final class OfOpenApi31 {
  private OfOpenApi31() {}

  static void call(ElumentaClient client) {
    PetsApi pets = client.api(PetsApi.class);

    List<Pet> found = pets.findPets("north", null);
    String nickname = ((Cat) found.get(0)).getNickname();
    Dog dog = (Dog) pets.addPet(new Dog().name("Rex").nickname("R"));

    CallAPetShop.check(null, nickname);
    CallAPetShop.check("R", dog.getNickname());
    CallAPetShop.check("4", ((Card) pets.payForPet("7", new Card().number("4"))).getNumber());
  }
}
