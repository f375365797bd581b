// Records from the microphone as samples and sends WAV, which every host reads, with ffmpeg or without.

import { writeWav } from "./wav.js";

const LONGEST_SECONDS = 30;

export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && window.AudioWorkletNode);

export class Recording {
  #blocks = [];
  #samples = 0;
  #context;
  #stream;

  /** Begins. @param onLevel Gets the loudness of each block, 0 to 1, and the seconds so far. @param onFull Called where it gets too long. */
  static async start(onLevel, onFull) {
    const recording = new Recording();
    recording.#stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    const context = recording.#context = new AudioContext();
    await context.audioWorklet.addModule("/page/recorder-worklet.js");
    const tap = new AudioWorkletNode(context, "tap", { numberOfOutputs: 0 });
    tap.port.onmessage = ({ data }) => {
      recording.#blocks.push(data);
      recording.#samples += data.length;
      onLevel(Math.max(...data.map(Math.abs)), recording.seconds);
      if (recording.seconds >= LONGEST_SECONDS) {
        onFull();
      }
    };
    context.createMediaStreamSource(recording.#stream).connect(tap);
    return recording;
  }

  get seconds() {
    return this.#samples / this.#context.sampleRate;
  }

  /** Ends, and gives the WAV file. */
  async stop() {
    this.#stream.getTracks().forEach((track) => track.stop());
    const rate = this.#context.sampleRate;
    await this.#context.close();
    return writeWav(this.#blocks, rate);
  }
}
