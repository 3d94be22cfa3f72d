/** What an application with modules writes: the client's name, and for a simulator its module's. */
module com.example.consumer {
  requires ru.elumenta.client;
  requires ru.elumenta.contract;
}
