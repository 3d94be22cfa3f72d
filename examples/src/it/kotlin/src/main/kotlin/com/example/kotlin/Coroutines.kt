package com.example.kotlin

import java.time.Duration
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.future.await
import kotlinx.coroutines.jdk9.asFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.runInterruptible
import ru.elumenta.client.ElumentaCalls
import ru.elumenta.client.StreamEvent
import ru.elumenta.client.model.Balance
import ru.elumenta.client.model.Generation
import ru.elumenta.client.model.GenerationId
import ru.elumenta.client.model.GenerationRequest
import ru.elumenta.contract.ElumentaSimulator
import ru.elumenta.contract.scenario.Fault
import ru.elumenta.error.InsufficientTokensException

fun ElumentaCalls.text(request: GenerationRequest): Flow<String> =
    streamPublisher(request).asFlow().filterIsInstance<StreamEvent.Delta>().map { it.text() }

suspend fun ElumentaCalls.image(request: GenerationRequest): Generation =
    generateAsync(request).await()

suspend fun ElumentaCalls.video(request: GenerationRequest, store: (GenerationId) -> Unit): Generation {
    val job = submitAsync(request).await()
    job.id().ifPresent(store)
    return job.awaitAsync(Duration.ofMinutes(15)).await()
}

suspend fun ElumentaCalls.balanceLeft(): Balance = runInterruptible(Dispatchers.IO) { balance() }

/** Flows and suspending functions, and what each costs. */
fun main() {
    ElumentaSimulator.start().use { service ->
        service.client().build().use { elumenta ->
            runBlocking {
                aTextIsAFlowThatIsPaidForOnce(service, elumenta)
                whoeverHasEnoughCancels(service, elumenta)
                aVideoIsAwaitedWithoutAThread(service, elumenta)
                aFailureIsTheExceptionOfAnyCall(service, elumenta)
                cancellingACoroutineEndsItsCall(service, elumenta)
            }
        }
    }
    println("Coroutines have streamed, awaited and been cancelled")
}

private fun prompt() = GenerationRequest().model("gpt-5-nano").prompt("Tell me a story")

private suspend fun aTextIsAFlowThatIsPaidForOnce(service: ElumentaSimulator, elumenta: ElumentaCalls) {
    val text = elumenta.text(prompt())
    check(service.requests() == 0L) { "Nothing is sent before it is collected" }
    check(text.toList().size > 1) { "It comes in pieces" }
    val again = runCatching { text.toList() }.exceptionOrNull()
    check(again is IllegalStateException) { "Collecting again would pay again, but was $again" }
    check(service.charges() == 1) { "One text was paid for, not ${service.charges()}" }
}

private suspend fun whoeverHasEnoughCancels(service: ElumentaSimulator, elumenta: ElumentaCalls) {
    check(elumenta.text(prompt()).first().isNotEmpty()) { "A first piece" }
    check(service.requests("streamGeneration") == 2L) { "Two streams were asked for" }
}

private suspend fun aVideoIsAwaitedWithoutAThread(service: ElumentaSimulator, elumenta: ElumentaCalls) {
    val charges = service.charges()
    val stored = mutableListOf<GenerationId>()
    val video = elumenta.video(GenerationRequest().model("kling-v2.1").prompt("A lighthouse"), stored::add)
    check(video.fileUrl().isPresent) { "There is a film" }
    check(elumenta.attach(stored.single()).awaitAsync().await().fileUrl() == video.fileUrl())
    check(service.charges() == charges + 1) { "It was paid for once" }
}

private suspend fun aFailureIsTheExceptionOfAnyCall(service: ElumentaSimulator, elumenta: ElumentaCalls) {
    val left = elumenta.balanceLeft().tokenBalance
    service.balance(0)
    val refused = runCatching { elumenta.image(prompt()) }.exceptionOrNull()
    check(refused is InsufficientTokensException) { "It is refused, but was $refused" }
    val unsent = runCatching { elumenta.text(prompt()).toList() }.exceptionOrNull()
    check(unsent is InsufficientTokensException) { "A stream is refused too, but was $unsent" }
    service.balance(left)
}

private suspend fun cancellingACoroutineEndsItsCall(service: ElumentaSimulator, elumenta: ElumentaCalls) {
    val before = service.requests()
    service.next().fail(Fault.stall())
    runBlocking {
        val call = launch(Dispatchers.Default) { elumenta.image(prompt()) }
        while (service.requests() == before) {
            delay(5)
        }
        call.cancel()
        call.join()
    }
    check(service.requests() == before + 1) { "Nothing more was sent" }
    check(elumenta.openCalls().size == 1) { "Nobody knows what became of it, so it is on record" }
}
