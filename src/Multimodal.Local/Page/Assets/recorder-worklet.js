// Runs beside the sound: hands on what the microphone gives, block by block.

class Tap extends AudioWorkletProcessor {
  process([channels]) {
    if (channels?.length) {
      this.port.postMessage(channels[0].slice());
    }
    return true;
  }
}

registerProcessor("tap", Tap);
